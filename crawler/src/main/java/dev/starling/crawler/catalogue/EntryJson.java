package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import dev.starling.node.Event;
import dev.starling.node.JsonTree;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Torrents as JSON objects, one a line: what is exported and imported, and what a cluster stores.
///
/// What is read may come from anywhere: bounded, and what cannot be right is malformed.
public final class EntryJson {

    /// UTF-16 units of a line; longer than any that is written.
    public static final int MAX_LINE_CHARACTERS = 8 << 20;

    private EntryJson() {}

    /// What reading a line comes to.
    public sealed interface Result {}

    /// A torrent without what can be told from it.
    public record Read(CatalogueEntry entry, List<SwarmHealth> history) implements Result {}

    /// Why a line is refused.
    public record Malformed(String reason) implements Result {}

    /// All that is known of a torrent, for a line; times as of ISO 8601.
    public static Event write(Found found) {
        return write(found, (json, field, time) -> json.text(field, time.toString()));
    }

    /// The same for a cluster, which compares times as seconds since 1970.
    public static Event document(Found found) {
        return write(found, (json, field, time) -> json.number(field, time.getEpochSecond()));
    }

    /// How times are written.
    private interface Times {
        Event put(Event json, String field, Instant time);
    }

    private static Event write(Found found, Times times) {
        var entry = found.entry();
        var contents = entry.contents();
        var json =
                Event.part()
                        .text("infoHash", entry.infoHash().hex())
                        .text("name", entry.name())
                        .number("lengthBytes", contents.lengthBytes())
                        .number("pieceLengthBytes", contents.pieceLengthBytes())
                        .number("fileCount", contents.fileCount())
                        .text("contentKey", contents.key().hex());
        times.put(json, "firstSeen", entry.sightings().first());
        times.put(json, "lastSeen", entry.sightings().last());
        return json.parts("files", contents.files().stream().map(EntryJson::file).toList())
                .parts(
                        "history",
                        found.history().stream().map(health -> health(health, times)).toList());
    }

    /// Adds what a torrent's names tell about it, but for its type.
    public static void describe(Classification kind, Event json) {
        kind.title().ifPresent(title -> json.text("title", title));
        kind.year().ifPresent(year -> json.number("year", year));
        kind.season().ifPresent(season -> json.number("season", season));
        kind.episode().ifPresent(episode -> json.number("episode", episode));
        kind.resolution().ifPresent(resolution -> json.text("resolution", resolution));
        json.texts("languages", kind.languages());
    }

    private static Event file(CatalogueFile file) {
        return Event.part().text("path", file.path()).number("lengthBytes", file.lengthBytes());
    }

    private static Event health(SwarmHealth health, Times times) {
        var json =
                Event.part()
                        .number("seeds", health.seeds())
                        .number("leechers", health.leechers())
                        .number("error", health.error());
        return times.put(json, "measured", health.measured());
    }

    public static Result read(String line) {
        if (line.length() > MAX_LINE_CHARACTERS) {
            return new Malformed("a line of " + line.length() + " characters");
        }
        try {
            return read(JsonTree.parse(line));
        } catch (JacksonException e) {
            return new Malformed("no JSON: " + e.getOriginalMessage());
        }
    }

    public static Result read(JsonTree tree) {
        Optional<Id> infoHash = Id.parseHex(tree.text("infoHash"));
        if (infoHash.isEmpty()) {
            return new Malformed("no infoHash");
        }
        try {
            var sightings = new Sightings(instant(tree, "firstSeen"), instant(tree, "lastSeen"));
            var entry =
                    new CatalogueEntry(
                            infoHash.get(), tree.text("name"), contents(tree), sightings);
            var history = tree.at("history").items().stream().map(EntryJson::health).toList();
            return new Read(entry, history);
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Malformed(infoHash.get() + ": " + e.getMessage());
        }
    }

    private static Contents contents(JsonTree tree) {
        List<CatalogueFile> files = new ArrayList<>();
        for (JsonTree file : tree.at("files").items()) {
            files.add(new CatalogueFile(file.text("path"), file.number("lengthBytes")));
        }
        var all =
                Contents.of(
                        files, tree.number("lengthBytes"), small(tree, "pieceLengthBytes"), false);
        return new Contents(
                all.files(),
                Math.max(all.fileCount(), small(tree, "fileCount")),
                all.lengthBytes(),
                all.pieceLengthBytes(),
                Id.parseHex(tree.text("contentKey")).orElse(all.key()),
                false);
    }

    private static SwarmHealth health(JsonTree tree) {
        return new SwarmHealth(
                small(tree, "seeds"),
                small(tree, "leechers"),
                small(tree, "error"),
                instant(tree, "measured"));
    }

    private static int small(JsonTree tree, String field) {
        return Math.clamp(tree.number(field), 0, Integer.MAX_VALUE);
    }

    /// Written either way.
    private static Instant instant(JsonTree tree, String field) {
        String text = tree.text(field);
        return text.isEmpty() ? Instant.ofEpochSecond(tree.number(field)) : Instant.parse(text);
    }
}
