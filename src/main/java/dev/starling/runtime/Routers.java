package dev.starling.runtime;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/// Finds the addresses of bootstrap nodes given as `host:port`. Literal addresses are there at
/// once; names are looked up each on a thread of its own, again and again until they are known.
/// Thread-safe.
public final class Routers {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Consumer<List<Endpoint>> found;
    private final Set<String> unresolved = new ConcurrentSkipListSet<>();
    private volatile boolean isClosed;

    /// @param found told the addresses, or an empty list when a name is not known; on any thread
    public Routers(Consumer<List<Endpoint>> found) {
        this.found = found;
    }

    /// Looks for these as well.
    public void add(List<String> hosts) {
        var literal = new ArrayList<Endpoint>();
        for (var host : hosts) {
            Endpoint.parse(host).ifPresentOrElse(literal::add, () -> resolve(host, FIRST_WAIT));
        }
        if (!literal.isEmpty()) {
            found.accept(literal);
        }
    }

    /// Names no name server has known so far.
    List<String> unresolved() {
        return List.copyOf(unresolved);
    }

    /// Looks for nothing more.
    public void close() {
        isClosed = true;
    }

    private void resolve(String host, Duration wait) {
        Thread.startVirtualThread(() -> {
            var endpoints = lookUp(host);
            if (isClosed) {
                return;
            }
            if (endpoints.isEmpty()) {
                unresolved.add(host);
                var longer = wait.multipliedBy(2);
                Upkeep.after(
                        wait,
                        () ->
                                resolve(
                                        host,
                                        longer.compareTo(LONGEST_WAIT) < 0
                                                ? longer
                                                : LONGEST_WAIT));
            } else {
                unresolved.remove(host);
            }
            found.accept(endpoints);
        });
    }

    private static List<Endpoint> lookUp(String host) {
        int colon = host.lastIndexOf(':');
        var port = colon < 0 ? -1 : port(host.substring(colon + 1));
        if (port < 0) {
            return List.of();
        }
        try {
            var endpoints = new ArrayList<Endpoint>();
            for (var address : InetAddress.getAllByName(host.substring(0, colon))) {
                endpoints.add(new Endpoint(IpAddress.of(address.getAddress()), port));
            }
            return endpoints;
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static int port(String digits) {
        return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 0xffff
                ? Integer.parseInt(digits)
                : -1;
    }
}
