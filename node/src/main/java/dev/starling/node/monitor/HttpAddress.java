package dev.starling.node.monitor;

/// Where a node's HTTP server listens.
///
/// @param host a name or an address
/// @param port 0 for any free one
public record HttpAddress(String host, int port) {

    /// What is said of a node is for those on its own machine, unless the operator says otherwise.
    public static final String DEFAULT_HOST = "127.0.0.1";

    /// Reads `HOST:PORT`, `[::1]:PORT` or `PORT`.
    ///
    /// @throws IllegalArgumentException for anything else, saying what is expected
    public static HttpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? DEFAULT_HOST : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !isBracketed) || !port.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no HOST:PORT; write 9090, 127.0.0.1:9090 or [::]:9090");
        }
        if (Integer.parseInt(port) > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
        String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
        return new HttpAddress(bare, Integer.parseInt(port));
    }

    /// As it stands in an address bar. Where the server listens on all addresses, by loopback.
    public String local() {
        String reachable =
                switch (host) {
                    case "0.0.0.0" -> DEFAULT_HOST;
                    case "::", "0:0:0:0:0:0:0:0" -> "::1";
                    default -> host;
                };
        return (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
