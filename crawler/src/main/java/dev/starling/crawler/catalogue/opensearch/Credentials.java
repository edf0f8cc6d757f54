package dev.starling.crawler.catalogue.opensearch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// By whom a cluster is asked. Is not told when printed.
public record Credentials(String user, String password) {

    /// The value of the header `Authorization` (RFC 7617).
    String header() {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
