package dev.starling.crawler.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// What a match must be besides its text. An empty set and [Range#ANY] ask for nothing; a range
/// that asks for something leaves out torrents of which the number is unknown.
///
/// @param firstSeen in seconds since 1970
/// @param extensions of any file, without the dot
/// @param seeds as last measured; a swarm that was never measured has 0
public record Filters(
        Set<ContentType> types,
        Set<String> extensions,
        Range lengthBytes,
        Range firstSeen,
        Range seeds,
        Range year,
        Range season,
        Range episode,
        Optional<String> resolution,
        Optional<String> language) {

    public static final Filters NONE =
            new Filters(
                    Set.of(),
                    Set.of(),
                    Range.ANY,
                    Range.ANY,
                    Range.ANY,
                    Range.ANY,
                    Range.ANY,
                    Range.ANY,
                    Optional.empty(),
                    Optional.empty());

    public Filters {
        types = ordered(types);
        extensions = ordered(extensions.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList());
    }

    private static <T> SequencedSet<T> ordered(Collection<T> some) {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(some));
    }

    public Filters withTypes(Collection<ContentType> these) {
        return new Filters(
                ordered(these),
                extensions,
                lengthBytes,
                firstSeen,
                seeds,
                year,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withExtensions(Collection<String> these) {
        return new Filters(
                types,
                ordered(these),
                lengthBytes,
                firstSeen,
                seeds,
                year,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withLengthBytes(Range range) {
        return new Filters(
                types,
                extensions,
                range,
                firstSeen,
                seeds,
                year,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withFirstSeen(Instant least, Instant most) {
        var range = new Range(least.getEpochSecond(), most.getEpochSecond());
        return new Filters(
                types,
                extensions,
                lengthBytes,
                range,
                seeds,
                year,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withFirstSeen(Range seconds) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                seconds,
                seeds,
                year,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withSeeds(Range range) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                firstSeen,
                range,
                year,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withYear(Range range) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                firstSeen,
                seeds,
                range,
                season,
                episode,
                resolution,
                language);
    }

    public Filters withSeason(Range range) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                firstSeen,
                seeds,
                year,
                range,
                episode,
                resolution,
                language);
    }

    public Filters withEpisode(Range range) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                firstSeen,
                seeds,
                year,
                season,
                range,
                resolution,
                language);
    }

    public Filters withResolution(String value) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                firstSeen,
                seeds,
                year,
                season,
                episode,
                Optional.of(value),
                language);
    }

    public Filters withLanguage(String value) {
        return new Filters(
                types,
                extensions,
                lengthBytes,
                firstSeen,
                seeds,
                year,
                season,
                episode,
                resolution,
                Optional.of(value));
    }
}
