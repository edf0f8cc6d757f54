package dev.starling.crawler.catalogue.opensearch;

import dev.starling.node.Units;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a cluster is and what the catalogue in it is called:
/// `opensearch://host:port[,host:port]/name`, or `opensearchs://[user[:password]@]host...` with
/// TLS, over which alone credentials are sent. `?retention=90d` has torrents dropped that nobody
/// has seen for so long.
///
/// @param name the first part of the names of all its indices
/// @param retention empty for ever
public record ClusterAddress(
        List<URI> hosts,
        String name,
        Optional<Credentials> credentials,
        Optional<Duration> retention) {

    public static final String SCHEME = "opensearch://";
    public static final String TLS_SCHEME = "opensearchs://";

    private static final Pattern ADDRESS =
            Pattern.compile("(opensearchs?)://(?:([^@/]*)@)?([^@/]*)/([^?]*)(?:\\?(.*))?");

    /// What OpenSearch allows in the name of an index, and a letter first.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,100}");

    private static final Pattern HOST =
            Pattern.compile("(?:[\\w.-]+|\\[[0-9a-fA-F:.]+])(?::\\d{1,5})?");
    private static final int DEFAULT_PORT = 9200;

    private static final String RETENTION = "retention=";

    /// A sweep of the network takes hours: what is dropped sooner may be alive.
    private static final Duration MIN_RETENTION = Duration.ofDays(1);

    public ClusterAddress {
        hosts = List.copyOf(hosts);
    }

    /// Whether this means a cluster, well written or not.
    public static boolean isMeant(String text) {
        return text.startsWith(SCHEME) || text.startsWith(TLS_SCHEME);
    }

    /// Reads an address.
    ///
    /// @param password of its user, if the address names none
    /// @throws IllegalArgumentException if it is none, saying what is expected
    public static ClusterAddress parse(String text, Optional<String> password) {
        var parts = ADDRESS.matcher(text);
        if (!parts.matches() || !NAME.matcher(parts.group(4)).matches()) {
            throw unlike(text);
        }
        boolean isSecure = parts.group(1).endsWith("s");
        List<URI> hosts = new ArrayList<>();
        for (String host : parts.group(3).split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                throw unlike(text);
            }
            boolean hasPort = host.matches(".*:\\d+$") && !host.endsWith("]");
            hosts.add(
                    URI.create(
                            (isSecure ? "https://" : "http://")
                                    + host
                                    + (hasPort ? "" : ":" + DEFAULT_PORT)));
        }
        var credentials =
                Optional.ofNullable(parts.group(2)).map(both -> credentials(both, password));
        if (credentials.isPresent() && !isSecure) {
            throw new IllegalArgumentException(
                    "a password is sent over TLS only: " + TLS_SCHEME + "USER@HOST:PORT/NAME");
        }
        return new ClusterAddress(
                hosts,
                parts.group(4),
                credentials,
                Optional.ofNullable(parts.group(5)).map(ClusterAddress::retention));
    }

    private static Duration retention(String parameters) {
        if (!parameters.startsWith(RETENTION)) {
            throw new IllegalArgumentException(
                    "'" + parameters + "' is no parameter of a cluster; retention=90d is one");
        }
        var retention = Units.parseDuration(parameters.substring(RETENTION.length()));
        if (retention.compareTo(MIN_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "torrents are kept for a day at least, '" + parameters + "' is shorter");
        }
        return retention;
    }

    private static Credentials credentials(String both, Optional<String> password) {
        int colon = both.indexOf(':');
        if (colon < 0 && password.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no password for " + decoded(both) + " in the environment");
        }
        return colon < 0
                ? new Credentials(decoded(both), password.orElseThrow())
                : new Credentials(
                        decoded(both.substring(0, colon)), decoded(both.substring(colon + 1)));
    }

    /// Characters that mean something in an address are written `%40` and so on.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException unlike(String text) {
        return new IllegalArgumentException(
                "'"
                        + text.replaceFirst("//[^/]*@", "//...@")
                        + "' is not like opensearch://host:9200,other:9200/name or"
                        + " opensearchs://user@host:9200/name (the name in lower case)");
    }
}
