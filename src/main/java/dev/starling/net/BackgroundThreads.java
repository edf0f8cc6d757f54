package dev.starling.net;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The threads of this process whose work may wait: those that compile, and those by which RocksDB
/// tidies its files.
///
/// Where they share a processor with a loop, each takes it for milliseconds at a time and half of
/// it in all. Linux gives each thread a niceness of its own, see setpriority(2); elsewhere nothing
/// is done.
public final class BackgroundThreads {

    /// So much nicer they get a tenth of a processor that others want whole: no query waits long
    /// for them, and they come to an end even so.
    private static final int NICER_BY = 10;

    private static final int NICEST = 19;

    /// What `who` in setpriority(2) is: a process or, on Linux, a thread.
    private static final int PRIO_PROCESS = 0;

    private static final Path THREADS = Path.of("/proc/self/task");

    /// Their names as the kernel knows them, in fifteen bytes.
    private static final Set<String> NAMES =
            Set.of("C1 CompilerThre", "C2 CompilerThre", "rocksdb:high", "rocksdb:low");

    private BackgroundThreads() {}

    /// Has those that run now, and the threads they start, give way to all others; how many they
    /// are. Where the system forbids it, all stays as it is.
    public static int giveWay() {
        return giveWay(NAMES);
    }

    static int giveWay(Set<String> names) {
        var threads = find(names);
        if (threads.isEmpty()) {
            return 0;
        }
        try {
            int niceness = (int) Calls.GET_PRIORITY.invokeExact(PRIO_PROCESS, 0);
            int nicer = Math.min(NICEST, niceness + NICER_BY);
            int given = 0;
            for (int thread : threads) {
                int result = (int) Calls.SET_PRIORITY.invokeExact(PRIO_PROCESS, thread, nicer);
                given += result == 0 ? 1 : 0;
            }
            return given;
        } catch (Throwable e) {
            throw new IllegalStateException("a system call of Linux does not throw", e);
        }
    }

    private static List<Integer> find(Set<String> names) {
        var found = new ArrayList<Integer>();
        if (!Files.isDirectory(THREADS)) {
            return found;
        }
        try (var threads = Files.newDirectoryStream(THREADS)) {
            for (var thread : threads) {
                if (names.contains(name(thread))) {
                    found.add(Integer.parseInt(thread.getFileName().toString()));
                }
            }
        } catch (DirectoryIteratorException | IOException e) {
            return List.of(); // all stays as it is
        }
        return found;
    }

    /// Empty for a thread that has just ended.
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /// Linked where there is Linux.
    private static final class Calls {

        private static final MethodHandle GET_PRIORITY =
                link(
                        "getpriority",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private static final MethodHandle SET_PRIORITY =
                link(
                        "setpriority",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));

        @SuppressWarnings("restricted") // the launcher allows native access to us, who need it here
        private static MethodHandle link(String name, FunctionDescriptor descriptor) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        }
    }
}
