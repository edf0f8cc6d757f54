package dev.starling.crawler.catalogue.opensearch;

import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.EntryJson;
import dev.starling.crawler.catalogue.Extensions;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.crawler.catalogue.TorrentText;
import dev.starling.node.Event;
import dev.starling.node.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Torrents as documents: what [EntryJson] writes, and what they are found by.
final class Documents {

    /// Beginnings of words up to this long are words of a field of their own.
    static final int SHORT_PREFIX = 3;

    private Documents() {}

    /// A document with its place in its history, by which a change of it by another is noticed.
    record Stored(Found found, boolean isHidden, long sequence, long term) {

        Stored with(Found other) {
            return new Stored(other, isHidden, sequence, term);
        }

        Stored hidden(boolean now) {
            return new Stored(found, now, sequence, term);
        }
    }

    static Event write(Found found, boolean isHidden) {
        var text = TorrentText.of(found.entry());
        var event =
                EntryJson.document(found)
                        .text(Names.NAME_WORDS, String.join(" ", text.name()))
                        .texts(
                                Names.FILE_WORDS,
                                text.files().stream().map(it -> String.join(" ", it)).toList())
                        .text(Names.PREFIXES, String.join(" ", prefixes(text)))
                        .flag(Names.HIDDEN, isHidden)
                        .number(Names.SEEDS, found.seeds())
                        .number(Names.MEASURED, measured(found))
                        .texts(
                                Names.EXTENSIONS,
                                List.copyOf(Extensions.of(found.entry().contents())));
        addKind(event, found.classification());
        return event;
    }

    private static long measured(Found found) {
        return found.health().map(SwarmHealth::measured).map(it -> it.getEpochSecond()).orElse(0L);
    }

    private static void addKind(Event event, Classification kind) {
        event.text(Names.TYPE, kind.type().word()).texts(Names.LANGUAGES, kind.languages());
        kind.title().ifPresent(it -> event.text(Names.TITLE, it));
        kind.year().ifPresent(it -> event.number(Names.YEAR, it));
        kind.season().ifPresent(it -> event.number(Names.SEASON, it));
        kind.episode().ifPresent(it -> event.number(Names.EPISODE, it));
        kind.resolution().ifPresent(it -> event.text(Names.RESOLUTION, it));
    }

    private static Set<String> prefixes(TorrentText text) {
        Set<String> prefixes = new TreeSet<>();
        Stream.concat(Stream.of(text.name()), text.files().stream())
                .flatMap(List::stream)
                .forEach(word -> {
                    int most = word.codePointCount(0, word.length());
                    for (int i = 1; i <= Math.min(SHORT_PREFIX, most); i++) {
                        prefixes.add(word.substring(0, word.offsetByCodePoints(0, i)));
                    }
                });
        return prefixes;
    }

    /// Reads what a search or a `_mget` gives for one document.
    static Stored read(JsonTree hit) throws IOException {
        var source = hit.at("_source");
        return switch (EntryJson.read(source)) {
            case EntryJson.Malformed(String reason) ->
                    throw new IOException("the cluster holds no torrent: " + reason);
            case EntryJson.Read(var entry, var history) ->
                    new Stored(
                            new Found(entry, kind(source), history),
                            source.flag(Names.HIDDEN),
                            hit.number("_seq_no"),
                            hit.number("_primary_term"));
        };
    }

    private static Classification kind(JsonTree source) {
        return new Classification(
                ContentType.parse(source.text(Names.TYPE)).orElse(ContentType.DATA),
                text(source, Names.TITLE),
                number(source, Names.YEAR),
                number(source, Names.SEASON),
                number(source, Names.EPISODE),
                text(source, Names.RESOLUTION),
                source.texts(Names.LANGUAGES));
    }

    private static Optional<String> text(JsonTree source, String field) {
        return Optional.of(source.text(field)).filter(it -> !it.isEmpty());
    }

    private static Optional<Integer> number(JsonTree source, String field) {
        return source.has(field)
                ? Optional.of(Math.clamp(source.number(field), 0, Integer.MAX_VALUE))
                : Optional.empty();
    }
}
