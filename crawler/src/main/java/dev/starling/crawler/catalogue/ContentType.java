package dev.starling.crawler.catalogue;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What kind of thing a torrent holds, by most of its bytes.
public enum ContentType {
    VIDEO,
    AUDIO,
    BOOKS,
    SOFTWARE,
    IMAGES,
    ARCHIVES,
    /// Anything else.
    DATA;

    /// As it is written in options, JSON and URLs: `video`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ContentType> parse(String word) {
        return Stream.of(values()).filter(it -> it.word().equalsIgnoreCase(word)).findFirst();
    }
}
