package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Our endpoints as the JDK's addresses and back.
public final class Addresses {

    private Addresses() {}

    static SocketProtocolFamily family(Endpoint endpoint) {
        return endpoint.isV4() ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    public static InetSocketAddress socketAddress(Endpoint endpoint) {
        return new InetSocketAddress(inetAddress(endpoint.address()), endpoint.port());
    }

    public static InetAddress inetAddress(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address: " + address, e);
        }
    }

    static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(IpAddress.of(address.getAddress().getAddress()), address.getPort());
    }
}
