package dev.starling.net;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.WrongMethodTypeException;

/// Two system calls of Linux that move many datagrams at once, see recvmmsg(2) and sendmmsg(2).
///
/// They are called as they are, because everything between them and us costs more than they do: an
/// object or two for each datagram, its address and its buffer, and a dozen fields read one by one
/// from native code.
final class DatagramCalls {

    private static final MethodHandle RECEIVE =
            link(
                    "recvmmsg",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS));

    private static final MethodHandle SEND =
            link(
                    "sendmmsg",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT));

    private DatagramCalls() {}

    /// Reads into up to `count` headers without waiting; how many, or -1 where there is none.
    static int receive(int socket, MemorySegment headers, int count) {
        try {
            return (int) RECEIVE.invokeExact(socket, headers, count, 0, MemorySegment.NULL);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Sends what `count` headers name without waiting; how many went, or -1 if the first did not.
    static int send(int socket, MemorySegment headers, int count) {
        try {
            return (int) SEND.invokeExact(socket, headers, count, 0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @SuppressWarnings("restricted") // the launcher allows native access to us, who need it here
    private static MethodHandle link(String name, FunctionDescriptor descriptor) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    private static IllegalStateException impossible(Throwable cause) {
        return cause instanceof WrongMethodTypeException
                ? new IllegalStateException("a call does not fit its description", cause)
                : new IllegalStateException("a system call of Linux does not throw", cause);
    }
}
