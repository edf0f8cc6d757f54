package dev.starling.crawler.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;

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
        return changed(parts -> parts.types = ordered(these));
    }

    public Filters withExtensions(Collection<String> these) {
        return changed(parts -> parts.extensions = ordered(these));
    }

    public Filters withLengthBytes(Range range) {
        return changed(parts -> parts.lengthBytes = range);
    }

    public Filters withFirstSeen(Instant least, Instant most) {
        return withFirstSeen(new Range(least.getEpochSecond(), most.getEpochSecond()));
    }

    public Filters withFirstSeen(Range seconds) {
        return changed(parts -> parts.firstSeen = seconds);
    }

    public Filters withSeeds(Range range) {
        return changed(parts -> parts.seeds = range);
    }

    public Filters withYear(Range range) {
        return changed(parts -> parts.year = range);
    }

    public Filters withSeason(Range range) {
        return changed(parts -> parts.season = range);
    }

    public Filters withEpisode(Range range) {
        return changed(parts -> parts.episode = range);
    }

    public Filters withResolution(String value) {
        return changed(parts -> parts.resolution = Optional.of(value));
    }

    public Filters withLanguage(String value) {
        return changed(parts -> parts.language = Optional.of(value));
    }

    private Filters changed(Consumer<Parts> change) {
        var parts = new Parts(this);
        change.accept(parts);
        return parts.together();
    }

    /// The same, one part of which is about to change.
    private static final class Parts {

        private Set<ContentType> types;
        private Set<String> extensions;
        private Range lengthBytes;
        private Range firstSeen;
        private Range seeds;
        private Range year;
        private Range season;
        private Range episode;
        private Optional<String> resolution;
        private Optional<String> language;

        Parts(Filters from) {
            types = from.types;
            extensions = from.extensions;
            lengthBytes = from.lengthBytes;
            firstSeen = from.firstSeen;
            seeds = from.seeds;
            year = from.year;
            season = from.season;
            episode = from.episode;
            resolution = from.resolution;
            language = from.language;
        }

        Filters together() {
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
                    language);
        }
    }
}
