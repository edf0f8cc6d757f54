package dev.starling.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A step of the build: copies the JDK's incubating vector module to a jar of plain classes, which
/// the launcher gives to the boot loader. `docs/decisions/hash-lanes.md` says why.
final class VectorJar {

    private static final String MODULE = "jdk.incubator.vector";

    /// The same for every build, so that the same JDK gives the same bytes.
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private VectorJar() {}

    /// Writes the jar to the path that is named, if the running JDK has the module.
    public static void main(String[] args) throws IOException {
        var module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", MODULE);
        if (Files.isDirectory(module)) {
            write(module, Path.of(args[0]));
        }
    }

    private static void write(Path module, Path jar) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var file : classes(module)) {
                var entry = new ZipEntry(module.relativize(file).toString());
                entry.setTimeLocal(ENTRY_TIME);
                out.putNextEntry(entry);
                out.write(Files.readAllBytes(file));
            }
        }
    }

    private static List<Path> classes(Path module) throws IOException {
        try (var files = Files.walk(module)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .sorted()
                    .toList();
        }
    }
}
