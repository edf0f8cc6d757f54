package dev.starling.crawler.catalogue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// In which order matches come. Ties are broken by infohash, so that pages do not overlap.
public enum Order {
    /// How well the text matches, raised by a healthy swarm. Without text: by seeds.
    RELEVANCE,
    SEEDS,
    /// By first sighting.
    NEWEST,
    OLDEST,
    LARGEST,
    SMALLEST;

    /// As it is written in options and URLs: `newest`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Order> parse(String word) {
        return Stream.of(values()).filter(it -> it.word().equalsIgnoreCase(word)).findFirst();
    }
}
