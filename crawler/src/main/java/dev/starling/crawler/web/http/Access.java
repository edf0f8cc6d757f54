package dev.starling.crawler.web.http;

/// Who may take a route.
public enum Access {
    /// Whoever reaches the server: the search pages and what they show.
    OPEN,
    /// Whoever holds the API key or a session; on loopback, whoever reaches the server.
    READ,
    /// Whoever holds the admin key, and sends it with this very request.
    ADMIN
}
