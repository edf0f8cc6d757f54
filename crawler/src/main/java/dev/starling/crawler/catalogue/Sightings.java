package dev.starling.crawler.catalogue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// When a torrent was seen in the DHT, to the second.
public record Sightings(Instant first, Instant last) {

    public Sightings {
        first = first.truncatedTo(ChronoUnit.SECONDS);
        last = last.truncatedTo(ChronoUnit.SECONDS);
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("last seen " + last + " is before first " + first);
        }
    }

    /// Of both, the earlier first and the later last.
    public Sightings merge(Sightings other) {
        return new Sightings(
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last);
    }

    public Sightings seen(Instant when) {
        return merge(new Sightings(when, when));
    }
}
