package dev.starling.crawler.catalogue;

import java.util.List;

/// How the matches of a search divide by one property, most frequent value first.
///
/// @param isExact false where only a part of very many matches was counted and scaled up
public record Facet(Property property, List<Value> values, boolean isExact) {

    /// Values given for one property at the most.
    public static final int MAX_VALUES = 20;

    public Facet {
        values = List.copyOf(values);
    }

    public record Value(String value, long count) {}

    /// What is counted by.
    public enum Property {
        /// The words of [ContentType].
        TYPE,
        RESOLUTION,
        LANGUAGE,
        YEAR,
        /// File name extensions without the dot, in lower case.
        EXTENSION
    }
}
