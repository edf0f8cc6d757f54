package dev.starling.net;

import dev.starling.id.Endpoint;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds sockets and says plainly why one cannot be bound.
final class Binding {

    /// Tries at finding a port free on all addresses; one seldom fails, five in a row never do.
    private static final int TRIES = 5;

    private Binding() {}

    /// Binds one socket.
    interface Binder<S> {
        S bind(Endpoint local) throws IOException;
    }

    /// Binds all of `listen`, or none. Where port 0 is asked for, all get the same free port.
    static <S extends Bound> List<S> bindAll(List<Endpoint> listen, Binder<S> binder)
            throws IOException {
        for (int tries = 1; ; tries++) {
            var bound = new ArrayList<S>();
            try {
                for (var local : listen) {
                    boolean isFree = local.port() != 0 || bound.isEmpty();
                    int port = isFree ? local.port() : bound.getFirst().local().port();
                    bound.add(binder.bind(new Endpoint(local.address(), port)));
                }
                return bound;
            } catch (IOException e) {
                bound.forEach(Bound::close);
                if (bound.isEmpty() || listen.getFirst().port() != 0 || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// Binds `local` and waits for it.
    static Channel bind(AbstractBootstrap<?, ?> bootstrap, String protocol, Endpoint local)
            throws IOException {
        var bound = bootstrap.bind(Addresses.socketAddress(local)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw refused(protocol, local, bound.cause());
        }
        return bound.channel();
    }

    /// Says why `local` cannot be bound.
    static IOException refused(String protocol, Endpoint local, Throwable cause) {
        return new IOException(
                "cannot listen on %s port %d of %s: %s"
                        .formatted(protocol, local.port(), local.address(), reason(cause)),
                cause);
    }

    static Endpoint local(Channel channel) {
        return Addresses.endpoint((InetSocketAddress) channel.localAddress());
    }

    /// The address from which to call `remote`: one we were told to listen on, so that whoever is
    /// called sees us where we are found; empty to leave it to the kernel.
    static Optional<InetSocketAddress> callingFrom(List<Endpoint> listening, Endpoint remote) {
        return listening.stream()
                .map(Endpoint::address)
                .filter(address -> !address.isUnspecified() && address.isV4() == remote.isV4())
                .findFirst()
                .map(address -> Addresses.socketAddress(new Endpoint(address, 0)));
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Address already in use")) {
            return "another program uses it";
        }
        if (message.contains("Cannot assign requested address")) {
            return "this machine has no such address";
        }
        return message;
    }
}
