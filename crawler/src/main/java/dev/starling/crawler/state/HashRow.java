package dev.starling.crawler.state;

import dev.starling.id.Contact;
import java.util.List;

/// What is remembered of an infohash besides the catalogue. Times are seconds since 1970, 0 never.
///
/// @param tries fetches that failed
/// @param retrySeconds when it may be fetched again
/// @param health as last measured
/// @param reporters nodes that hold it, while it is wanted
public record HashRow(int tries, long retrySeconds, Health health, List<Contact> reporters) {

    /// As last measured, for what is not in the catalogue yet and to decide when to measure again.
    public record Health(long seconds, int seeds, int leechers, int error) {
        public static final Health NONE = new Health(0, 0, 0, 0);
    }

    public static final HashRow EMPTY = new HashRow(0, 0, Health.NONE, List.of());

    public HashRow {
        reporters = List.copyOf(reporters);
    }

    public HashRow with(Health newHealth) {
        return new HashRow(tries, retrySeconds, newHealth, reporters);
    }

    public HashRow with(Contact reporter) {
        return new HashRow(tries, retrySeconds, health, List.of(reporter));
    }

    /// The same once nothing is to be done about it.
    public HashRow settled() {
        return new HashRow(0, 0, health, List.of());
    }

    public HashRow failed(long retryAtSeconds) {
        return new HashRow(tries + 1, retryAtSeconds, health, List.of());
    }
}
