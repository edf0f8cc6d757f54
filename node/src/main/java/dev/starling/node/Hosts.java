package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// `HOST:PORT` as a person writes it, with the name looked up where there is one.
public final class Hosts {

    private Hosts() {}

    /// Whether it is a number in 1..65535.
    static boolean isPort(String text) {
        return text.matches("\\d{1,5}")
                && Integer.parseInt(text) >= 1
                && Integer.parseInt(text) <= 0xffff;
    }

    /// What is wrong with it as `HOST:PORT`; empty where nothing is.
    static Optional<String> fault(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        boolean isLiteral = host.startsWith("[") || host.indexOf(':') >= 0;
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("\\d+")) {
            return Optional.of("'" + text + "' is no HOST:PORT; write for example 10.0.0.7:6881");
        }
        if (!isPort(port)) {
            return Optional.of("port " + port + " of '" + text + "' is not in 1..65535");
        }
        return isLiteral && Endpoint.parse(text).isEmpty()
                ? Optional.of("'" + text + "' is no address; write IPv6 as [2001:db8::1]:6881")
                : Optional.empty();
    }

    /// The address of `HOST:PORT`.
    ///
    /// @throws Failure if it is no HOST:PORT or the name is unknown
    public static Endpoint resolve(String text) throws Failure {
        var literal = Endpoint.parse(text);
        if (literal.isPresent()) {
            return literal.get();
        }
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new Failure(
                    "'" + text + "' is no HOST:PORT", "For example 127.0.0.1:6881 or [::1]:6881.");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port == 0 || port > 0xffff) {
            throw new Failure("port " + port + " is not in 1..65535", "");
        }
        String host = text.substring(0, colon);
        try {
            byte[] address = InetAddress.getByName(host).getAddress();
            return new Endpoint(IpAddress.of(address), port);
        } catch (UnknownHostException e) {
            throw new Failure(
                    "no address is known for " + host, "Check the name and your resolver.", e);
        }
    }
}
