package dev.starling.node.monitor;

import dev.starling.id.IpAddress;
import java.util.List;
import java.util.Locale;

/// Whom a request may say it is for. Thread-safe.
///
/// A page of another site may rebind its own name to our address and then read what it asks as if
/// we were that site; its requests still name the site. So a name is answered only if the operator
/// named it; an address or `localhost` cannot be rebound.
public final class HostCheck {

    private final List<String> names;

    /// @param names this server goes by
    public HostCheck(List<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /// Whether a request for this is for us.
    ///
    /// @param host as the request's `Host`: a name or an address, perhaps with a port
    public boolean isOurs(String host) {
        String name = withoutPort(host.strip()).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || names.contains(name)
                || IpAddress.parse(name).isPresent();
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? "" : host.substring(1, end);
        }
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
