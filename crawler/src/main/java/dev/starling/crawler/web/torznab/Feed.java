package dev.starling.crawler.web.torznab;

import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.web.api.TorrentJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A page of torrents as RSS 2.0 with Torznab's attributes.
final class Feed {

    private static final String TORZNAB = "http://torznab.com/schemas/2015/feed";
    private static final String NEWZNAB = "http://www.newznab.com/DTD/2010/feeds/attributes/";
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    /// What Sonarr takes a magnet link by.
    private static final String MAGNET_TYPE = "application/x-bittorrent;x-scheme-handler/magnet";

    private Feed() {}

    /// @param origin of this server, for links to its pages
    static String xml(TorznabSearch.Page page, String origin) {
        var xml = new Xml();
        xml.open(
                        "rss",
                        "version",
                        "2.0",
                        "xmlns:torznab",
                        TORZNAB,
                        "xmlns:newznab",
                        NEWZNAB,
                        "xmlns:atom",
                        ATOM)
                .open("channel")
                .element("title", "Starling")
                .element("description", "Torrents found in the DHT")
                .element("link", origin + "/")
                .element("language", "en")
                .empty(
                        "newznab:response",
                        "offset",
                        String.valueOf(page.offset()),
                        "total",
                        String.valueOf(page.total()));
        page.torrents().forEach(found -> item(found, origin, xml));
        return xml.end();
    }

    private static void item(Found found, String origin, Xml xml) {
        var entry = found.entry();
        String infoHash = entry.infoHash().hex();
        String magnet = TorrentJson.magnet(found);
        String size = String.valueOf(entry.contents().lengthBytes());
        xml.open("item")
                .element("title", entry.name())
                .element("guid", "urn:btih:" + infoHash, "isPermaLink", "false")
                .element("link", magnet)
                .element("comments", origin + "/torrent/" + infoHash)
                .element("pubDate", date(entry.sightings().first()))
                .element("size", size)
                .element("files", String.valueOf(entry.contents().fileCount()))
                .element("category", String.valueOf(Category.of(found).id()))
                .empty("enclosure", "url", magnet, "length", size, "type", MAGNET_TYPE);
        attributes(found, magnet, xml);
        xml.close();
    }

    private static void attributes(Found found, String magnet, Xml xml) {
        var entry = found.entry();
        var category = Category.of(found);
        attribute("category", category.parent().id(), xml);
        if (!category.isParent()) {
            attribute("category", category.id(), xml);
        }
        attribute("size", entry.contents().lengthBytes(), xml);
        attribute("files", entry.contents().fileCount(), xml);
        found.health()
                .ifPresent(health -> {
                    attribute("seeders", health.seeds(), xml);
                    attribute("peers", (long) health.seeds() + health.leechers(), xml);
                });
        attribute("infohash", entry.infoHash().hex(), xml);
        attribute("magneturl", magnet, xml);
        // Nobody pays for what the DHT gives.
        attribute("downloadvolumefactor", 0, xml);
        attribute("uploadvolumefactor", 1, xml);
        found.classification().season().ifPresent(it -> attribute("season", it, xml));
        found.classification().episode().ifPresent(it -> attribute("episode", it, xml));
        found.classification().year().ifPresent(it -> attribute("year", it, xml));
    }

    private static void attribute(String name, long value, Xml xml) {
        attribute(name, String.valueOf(value), xml);
    }

    private static void attribute(String name, String value, Xml xml) {
        xml.empty("torznab:attr", "name", name, "value", value);
    }

    private static String date(Instant when) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(when.atOffset(ZoneOffset.UTC));
    }
}
