package dev.starling.crawler.web.api;

import dev.starling.crawler.catalogue.EntryJson;
import dev.starling.crawler.catalogue.Facet;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.catalogue.SearchPage;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.id.Id;
import dev.starling.metainfo.Magnet;
import dev.starling.node.Event;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Torrents and search results as JSON. The fields that `starling search --json` has too are called
/// the same.
public final class TorrentJson {

    private TorrentJson() {}

    /// The link that fetches a torrent.
    public static String magnet(Found found) {
        var entry = found.entry();
        return new Magnet(
                        entry.infoHash(),
                        Optional.of(entry.name()),
                        List.of(),
                        List.of(),
                        List.of())
                .toUri();
    }

    public static Event page(SearchPage page) {
        return Event.part()
                .number("total", page.total())
                .flag("isTotalExact", page.isTotalExact())
                .fraction("tookMillis", page.tookNanos() / 1e6)
                .parts("hits", page.hits().stream().map(TorrentJson::hit).toList())
                .parts("facets", page.facets().stream().map(TorrentJson::facet).toList());
    }

    private static Event hit(Hit hit) {
        return torrent(hit.found()).texts("copies", hit.copies().stream().map(Id::hex).toList());
    }

    /// Without the files.
    public static Event torrent(Found found) {
        var entry = found.entry();
        var json =
                Event.part()
                        .text("infoHash", entry.infoHash().hex())
                        .text("name", entry.name())
                        .number("lengthBytes", entry.contents().lengthBytes())
                        .number("files", entry.contents().fileCount());
        json.text("type", found.classification().type().word());
        EntryJson.describe(found.classification(), json);
        found.health().ifPresent(health -> add(health, json));
        return json.text("firstSeen", entry.sightings().first().toString())
                .text("lastSeen", entry.sightings().last().toString())
                .text("magnet", magnet(found));
    }

    private static void add(SwarmHealth health, Event json) {
        json.number("seeds", health.seeds())
                .number("leechers", health.leechers())
                .number("error", health.error())
                .text("measured", health.measured().toString());
    }

    private static Event facet(Facet facet) {
        return Event.part()
                .text("property", facet.property().name().toLowerCase(Locale.ROOT))
                .flag("isExact", facet.isExact())
                .parts("values", facet.values().stream().map(TorrentJson::value).toList());
    }

    private static Event value(Facet.Value value) {
        return Event.part().text("value", value.value()).number("count", value.count());
    }

    /// With its files and its swarm's history.
    static Event whole(Found found) {
        var contents = found.entry().contents();
        var files =
                contents.files().stream()
                        .map(file ->
                                Event.part()
                                        .text("path", file.path())
                                        .number("lengthBytes", file.lengthBytes()))
                        .toList();
        return torrent(found)
                .number("pieceLengthBytes", contents.pieceLengthBytes())
                .parts("fileList", files)
                .parts("history", found.history().stream().map(TorrentJson::reading).toList());
    }

    private static Event reading(SwarmHealth health) {
        var json = Event.part();
        add(health, json);
        return json;
    }
}
