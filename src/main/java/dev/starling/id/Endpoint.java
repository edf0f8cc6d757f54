package dev.starling.id;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a node or a peer is reached: an address and a port, 0 to 65535. Port 0 never comes from us
/// but may come off the network; see [#isReachable()].
public record Endpoint(IpAddress address, int port) {

    public Endpoint {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }

    /// Reads a compact endpoint (BEP 5, BEP 32): 6 bytes for IPv4, 18 for IPv6.
    public static Endpoint ofCompact(byte[] bytes, int offset, int lengthBytes) {
        var address = IpAddress.of(bytes, offset, lengthBytes - 2);
        int port =
                (bytes[offset + lengthBytes - 2] & 0xff) << 8
                        | (bytes[offset + lengthBytes - 1] & 0xff);
        return new Endpoint(address, port);
    }

    /// Parses `1.2.3.4:80` or `[::1]:80`; names are not resolved here.
    public static Optional<Endpoint> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1 || text.length() - colon > 6) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed != host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            port = port * 10 + (c - '0');
        }
        if (port > 0xffff) {
            return Optional.empty();
        }
        int portNumber = port;
        return IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host)
                .map(address -> new Endpoint(address, portNumber));
    }

    /// 6 or 18 bytes.
    public int compactLengthBytes() {
        return address.lengthBytes() + 2;
    }

    /// Writes [#compactLengthBytes()] bytes at `offset`.
    public void copyCompactTo(byte[] bytes, int offset) {
        address.copyTo(bytes, offset);
        int end = offset + address.lengthBytes();
        bytes[end] = (byte) (port >>> 8);
        bytes[end + 1] = (byte) port;
    }

    public boolean isV4() {
        return address.isV4();
    }

    /// Whether anything could answer here: a unicast address and a port other than 0.
    public boolean isReachable() {
        return port != 0 && address.isUnicast();
    }

    @Override
    public String toString() {
        return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
    }

    // Written out: what a record is given is made of method handles, which cost a start dearly and
    // stay slow until they are compiled.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }
}
