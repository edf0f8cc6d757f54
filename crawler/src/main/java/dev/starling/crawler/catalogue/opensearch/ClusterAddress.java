package dev.starling.crawler.catalogue.opensearch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where a cluster is and what the catalogue in it is called:
/// `opensearch://host:port[,host:port]/name`.
///
/// @param name the first part of the names of all its indices
public record ClusterAddress(List<URI> hosts, String name) {

    public static final String SCHEME = "opensearch://";

    /// What OpenSearch allows in the name of an index, and a letter first.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,100}");

    private static final Pattern HOST =
            Pattern.compile("(?:[\\w.-]+|\\[[0-9a-fA-F:.]+])(?::\\d{1,5})?");
    private static final int DEFAULT_PORT = 9200;

    public ClusterAddress {
        hosts = List.copyOf(hosts);
    }

    /// Reads an address.
    ///
    /// @throws IllegalArgumentException if it is none, saying what is expected
    public static ClusterAddress parse(String text) {
        int slash = text.indexOf('/', SCHEME.length());
        if (!text.startsWith(SCHEME) || slash < 0) {
            throw unlike(text);
        }
        List<URI> hosts = new ArrayList<>();
        for (String host : text.substring(SCHEME.length(), slash).split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                throw unlike(text);
            }
            boolean hasPort = host.matches(".*:\\d+$") && !host.endsWith("]");
            hosts.add(URI.create("http://" + host + (hasPort ? "" : ":" + DEFAULT_PORT)));
        }
        String name = text.substring(slash + 1);
        if (!NAME.matcher(name).matches()) {
            throw unlike(text);
        }
        return new ClusterAddress(hosts, name);
    }

    private static IllegalArgumentException unlike(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is not like opensearch://host:9200,other:9200/name"
                        + " (the name in lower case)");
    }
}
