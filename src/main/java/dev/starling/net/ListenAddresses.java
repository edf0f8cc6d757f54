package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The endpoints to bind for what a person asked for.
public final class ListenAddresses {

    private static final IpAddress ANY_V4 = IpAddress.v4(0);
    private static final IpAddress ANY = new IpAddress(0, 0);

    private ListenAddresses() {}

    /// One endpoint for each literal address of `listen`. Where there is none, the one that serves
    /// all addresses of this machine, of both families where it knows IPv6.
    ///
    /// @throws IOException if something in `listen` is no address
    public static List<Endpoint> of(List<String> listen, int port) throws IOException {
        if (listen.isEmpty()) {
            return List.of(new Endpoint(knowsV6() ? ANY : ANY_V4, port));
        }
        var endpoints = new ArrayList<Endpoint>();
        for (var text : listen) {
            var address = IpAddress.parse(text).orElseThrow(() -> noAddress(text));
            endpoints.add(new Endpoint(address, port));
        }
        return List.copyOf(endpoints);
    }

    /// Whether this machine has an IPv6 address that the Internet can answer to.
    public static boolean hasGlobalV6() {
        return ofThisMachine().stream().anyMatch(address -> !address.isV4() && address.isGlobal());
    }

    /// The endpoints at which sockets bound so are reached on this machine: one bound to all
    /// addresses is reached at each.
    static Set<Endpoint> reachedAt(List<Endpoint> bound) {
        var reached = new HashSet<Endpoint>();
        for (var endpoint : bound) {
            if (endpoint.address().isUnspecified()) {
                ofThisMachine().forEach(own -> reached.add(new Endpoint(own, endpoint.port())));
            } else {
                reached.add(endpoint);
            }
        }
        return reached;
    }

    private static List<IpAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> IpAddress.of(address.getAddress()))
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static IOException noAddress(String text) {
        return new IOException(
                "cannot listen on '"
                        + text
                        + "': an address such as 192.0.2.1 or 2001:db8::1 is needed");
    }

    private static boolean knowsV6() {
        try (var _ = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            return true;
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }
}
