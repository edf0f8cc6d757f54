package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Range;
import dev.starling.node.DurationConverter;
import dev.starling.node.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options by which `starling search` narrows what it finds.
final class SearchFilters {

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            description = "video, audio, books, software, images, archives or data; may repeat.")
    private List<ContentType> types = new ArrayList<>();

    @Option(
            names = "--ext",
            split = ",",
            paramLabel = "EXT",
            description = "With a file of this extension: mkv; may repeat.")
    private List<String> extensions = new ArrayList<>();

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "At least this large: 700MiB.")
    private Optional<Long> minBytes = Optional.empty();

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "At most this large.")
    private Optional<Long> maxBytes = Optional.empty();

    @Option(
            names = "--newer",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "First seen at most this long ago: 7d.")
    private Optional<Duration> newer = Optional.empty();

    @Option(
            names = "--older",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "First seen at least this long ago.")
    private Optional<Duration> older = Optional.empty();

    @Option(names = "--min-seeds", paramLabel = "N", description = "With at least N seeds.")
    private Optional<Integer> minSeeds = Optional.empty();

    @Option(names = "--year", paramLabel = "YEAR", description = "Of this year.")
    private Optional<Integer> year = Optional.empty();

    @Option(names = "--season", paramLabel = "N", description = "Of this season of a series.")
    private Optional<Integer> season = Optional.empty();

    @Option(names = "--episode", paramLabel = "N", description = "This episode.")
    private Optional<Integer> episode = Optional.empty();

    @Option(names = "--resolution", paramLabel = "LINES", description = "Such as 1080p.")
    private Optional<String> resolution = Optional.empty();

    @Option(names = "--language", paramLabel = "CODE", description = "Such as de.")
    private Optional<String> language = Optional.empty();

    Filters filters(Instant now) {
        var filters =
                Filters.NONE
                        .withTypes(types)
                        .withExtensions(extensions)
                        .withLengthBytes(
                                new Range(minBytes.orElse(0L), maxBytes.orElse(Long.MAX_VALUE)))
                        .withFirstSeen(firstSeen(now))
                        .withSeeds(Range.atLeast(minSeeds.orElse(0)))
                        .withYear(only(year))
                        .withSeason(only(season))
                        .withEpisode(only(episode));
        if (resolution.isPresent()) {
            filters = filters.withResolution(resolution.get());
        }
        return language.isPresent() ? filters.withLanguage(language.get()) : filters;
    }

    private Range firstSeen(Instant now) {
        return new Range(
                newer.map(it -> now.minus(it).getEpochSecond()).orElse(0L),
                older.map(it -> now.minus(it).getEpochSecond()).orElse(Long.MAX_VALUE));
    }

    private static Range only(Optional<Integer> value) {
        return value.map(it -> Range.only(it)).orElse(Range.ANY);
    }

    /// Reads a type; anything else is wrong usage.
    static final class TypeConverter implements ITypeConverter<ContentType> {
        @Override
        public ContentType convert(String text) {
            return ContentType.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is no type; see --help"));
        }
    }

    /// Reads a size; anything else is wrong usage.
    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Units.parseBytes(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
