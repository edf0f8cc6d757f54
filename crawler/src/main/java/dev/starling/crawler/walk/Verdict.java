package dev.starling.crawler.walk;

/// What the store says of an infohash that has been sighted.
public enum Verdict {
    /// Nothing is known of it: find its peers and count its swarm.
    NEW,
    /// It is in the catalogue, but its swarm has not been counted for long.
    REFRESH,
    /// Nothing is to be done now.
    KNOWN
}
