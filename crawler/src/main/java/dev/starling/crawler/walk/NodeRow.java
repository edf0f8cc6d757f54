package dev.starling.crawler.walk;

import dev.starling.id.Contact;

/// What is remembered of a node between sweeps and runs. Times are seconds since 1970.
///
/// @param sampleDueSeconds when it may be asked for infohashes again; 0 at once
/// @param answeredSeconds when it last answered; 0 never
/// @param failures sweeps in a row in which it did not answer
public record NodeRow(Contact contact, long sampleDueSeconds, long answeredSeconds, int failures) {

    /// Who has not answered in so many sweeps is forgotten.
    public static final int MAX_FAILURES = 3;

    static NodeRow unknown(Contact contact) {
        return new NodeRow(contact, 0, 0, 0);
    }

    public boolean isForgotten() {
        return failures >= MAX_FAILURES;
    }
}
