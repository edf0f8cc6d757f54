package dev.starling.crawler.catalogue.opensearch;

import dev.starling.node.Event;
import java.io.IOException;
import java.util.List;

/// Makes the indices of a catalogue where they are missing: a template that gives them their
/// settings and fields, an index behind each alias.
///
/// Text is cut into words by Starling before it is sent, so that any OpenSearch will do, without
/// plugins, and finds what the embedded catalogue finds.
final class Schema {

    private static final String VERSION = "-v1";

    /// More than the words of any phrase.
    private static final long GAP = 1_000;

    private final Rest rest;
    private final Names names;
    private final OpenSearchSettings settings;

    Schema(Rest rest, Names names, OpenSearchSettings settings) {
        this.rest = rest;
        this.names = names;
        this.settings = settings;
    }

    void ensure() throws IOException {
        template(names.torrents(), torrents(), settings.shards());
        for (String small :
                List.of(names.refused(), names.blocks(), names.audit(), names.state())) {
            template(small, small(), 1);
        }
        for (String alias :
                List.of(
                        names.torrents(),
                        names.refused(),
                        names.blocks(),
                        names.audit(),
                        names.state())) {
            index(alias);
        }
    }

    private void template(String alias, Event properties, int shards) throws IOException {
        var index =
                Event.part()
                        .number("number_of_shards", shards)
                        .number("number_of_replicas", settings.replicas())
                        .text("codec", "best_compression");
        var mappings = Event.part().flag("dynamic", false).nested("properties", properties);
        var body =
                Event.part()
                        .texts("index_patterns", List.of(alias + "-v*"))
                        .nested(
                                "template",
                                Event.part()
                                        .nested("settings", Json.object("index", index))
                                        .nested("mappings", mappings));
        rest.put("/_index_template/" + alias, body.toJson()).good();
    }

    /// Another crawler may make it at the same time.
    private void index(String alias) throws IOException {
        if (rest.head("/_alias/" + alias).isGood()) {
            return;
        }
        var body = Json.object("aliases", Json.object(alias, Event.part()));
        var made = rest.put("/" + alias + VERSION, body.toJson());
        boolean isThere = made.reason().contains("resource_already_exists");
        if (!isThere) {
            made.good();
        }
    }

    private static Event torrents() {
        return Event.part()
                .nested(Names.INFO_HASH, kind("keyword"))
                .nested(Names.CONTENT_KEY, kind("keyword"))
                .nested(Names.NAME_WORDS, words())
                .nested(Names.FILE_WORDS, words().number("position_increment_gap", GAP))
                .nested(Names.PREFIXES, words().text("index_options", "docs").flag("norms", false))
                .nested(Names.HIDDEN, kind("boolean"))
                .nested(Names.LENGTH, kind("long"))
                .nested(Names.FIRST_SEEN, kind("long"))
                .nested(Names.LAST_SEEN, kind("long"))
                .nested(Names.SEEDS, kind("integer"))
                .nested(Names.MEASURED, kind("long"))
                .nested(Names.TYPE, kind("keyword"))
                .nested(Names.YEAR, kind("integer"))
                .nested(Names.SEASON, kind("integer"))
                .nested(Names.EPISODE, kind("integer"))
                .nested(Names.RESOLUTION, kind("keyword"))
                .nested(Names.LANGUAGES, kind("keyword"))
                .nested(Names.EXTENSIONS, kind("keyword"));
    }

    private static Event small() {
        return Event.part()
                .nested("rule", kind("keyword").flag("index", false).flag("doc_values", false))
                .nested("number", kind("long"));
    }

    private static Event kind(String type) {
        return Json.text("type", type);
    }

    private static Event words() {
        return kind("text").text("analyzer", "whitespace");
    }
}
