package dev.starling.crawler.catalogue.opensearch;

import dev.starling.crawler.catalogue.opensearch.Documents.Stored;
import dev.starling.id.Id;
import dev.starling.node.Event;
import dev.starling.node.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// Documents by infohash: read many, change many. Thread-safe, and so between processes: a change
/// is only written over what it was made from; where another came first, it is made anew.
final class Store {

    /// Documents in one request: some megabytes.
    private static final int CHUNK = 500;

    /// How often a change is made anew. Each time somebody else's went through.
    private static final int TRIES = 50;

    private final Rest rest;
    private final Names names;

    Store(Rest rest, Names names) {
        this.rest = rest;
        this.names = names;
    }

    /// Makes of what is there, or of nothing, what is to be there; empty to leave it.
    @FunctionalInterface
    interface Change {
        Optional<Stored> apply(Id infoHash, Optional<Stored> there) throws IOException;
    }

    /// Of these documents those that there are.
    SequencedMap<Id, Stored> read(Collection<Id> infoHashes) throws IOException {
        SequencedMap<Id, Stored> found = new LinkedHashMap<>();
        for (List<Id> chunk : chunks(infoHashes)) {
            for (JsonTree document : documents(names.torrents(), chunk, "")) {
                if (document.flag("found")) {
                    var stored = Documents.read(document);
                    found.put(stored.found().entry().infoHash(), stored);
                }
            }
        }
        return found;
    }

    /// Of these infohashes those that have a document.
    Set<Id> present(String index, Collection<Id> infoHashes) throws IOException {
        Set<Id> present = new TreeSet<>();
        for (List<Id> chunk : chunks(infoHashes)) {
            for (JsonTree document : documents(index, chunk, "?_source=false")) {
                if (document.flag("found")) {
                    Id.parseHex(document.text("_id")).ifPresent(present::add);
                }
            }
        }
        return present;
    }

    private List<JsonTree> documents(String index, List<Id> ids, String options)
            throws IOException {
        var body = Event.part().texts("ids", ids.stream().map(Id::hex).toList()).toJson();
        return rest.post("/" + index + "/_mget" + options, body).good().at("docs").items();
    }

    /// Changes documents; returns once the cluster has acknowledged every one.
    void change(Collection<Id> infoHashes, Change change) throws IOException {
        for (List<Id> chunk : chunks(infoHashes)) {
            List<Id> left = chunk;
            for (int attempt = 0; !left.isEmpty(); attempt++) {
                if (attempt == TRIES) {
                    throw new IOException(left.size() + " documents change too often: " + left);
                }
                left = tryToChange(left, change);
            }
        }
    }

    /// Says for which another change came first.
    private List<Id> tryToChange(List<Id> infoHashes, Change change) throws IOException {
        var there = read(infoHashes);
        var lines = new StringBuilder();
        int count = 0;
        for (Id infoHash : infoHashes) {
            var before = Optional.ofNullable(there.get(infoHash));
            var after = change.apply(infoHash, before);
            if (after.isPresent()) {
                var operation = Event.part().text("_id", infoHash.hex());
                before.ifPresent(it ->
                        operation
                                .number("if_seq_no", it.sequence())
                                .number("if_primary_term", it.term()));
                add(lines, before.isPresent() ? "index" : "create", operation);
                var stored = after.get();
                lines.append(Documents.write(stored.found(), stored.isHidden()).toJson())
                        .append('\n');
                count++;
            }
        }
        return count == 0 ? List.of() : bulk(names.torrents(), lines.toString());
    }

    /// Notes infohashes in an index that holds nothing else; noting one again does no harm.
    void note(String index, Collection<Id> infoHashes) throws IOException {
        for (List<Id> chunk : chunks(infoHashes)) {
            var lines = new StringBuilder();
            for (Id infoHash : chunk) {
                add(lines, "index", Event.part().text("_id", infoHash.hex()));
                lines.append("{}\n");
            }
            bulk(index, lines.toString());
        }
    }

    void delete(Collection<Id> infoHashes) throws IOException {
        for (List<Id> chunk : chunks(infoHashes)) {
            var lines = new StringBuilder();
            for (Id infoHash : chunk) {
                add(lines, "delete", Event.part().text("_id", infoHash.hex()));
            }
            bulk(names.torrents(), lines.toString());
        }
    }

    private static void add(StringBuilder lines, String operation, Event what) {
        lines.append(Json.object(operation, what).toJson()).append('\n');
    }

    /// Sends operations; says which ones met another's change, or a shard too busy for them.
    private List<Id> bulk(String index, String lines) throws IOException {
        var answer = rest.postLines("/" + index + "/_bulk", lines).good();
        List<Id> left = new ArrayList<>();
        for (JsonTree item : answer.at("items").items()) {
            var result = item.only();
            long status = result.number("status");
            if (status == 409 || status == 429 || status == 503) {
                Id.parseHex(result.text("_id")).ifPresent(left::add);
            } else if (status >= 400 && status != 404) {
                throw new IOException(
                        "OpenSearch refuses a document: "
                                + status
                                + " "
                                + result.at("error").text("reason"));
            }
        }
        return left;
    }

    private static List<List<Id>> chunks(Collection<Id> infoHashes) {
        var all = List.copyOf(infoHashes);
        List<List<Id>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += CHUNK) {
            chunks.add(all.subList(i, Math.min(all.size(), i + CHUNK)));
        }
        return chunks;
    }

    /// Looks at a document; false ends the walk.
    @FunctionalInterface
    interface Visitor {
        boolean visit(Stored stored) throws IOException;
    }

    /// Visits what matches, in order of infohash, as far as the index has been refreshed.
    void walk(Event query, Visitor visitor) throws IOException {
        Optional<String> after = Optional.empty();
        while (true) {
            var body =
                    Event.part()
                            .nested("query", query)
                            .number("size", CHUNK)
                            .flag("seq_no_primary_term", true)
                            .parts("sort", List.of(Json.order(Names.INFO_HASH, false)));
            after.ifPresent(it -> body.texts("search_after", List.of(it)));
            var hits = rest.post("/" + names.torrents() + "/_search", body.toJson()).good();
            var page = hits.at("hits").at("hits").items();
            for (JsonTree hit : page) {
                if (!visitor.visit(Documents.read(hit))) {
                    return;
                }
                after = Optional.of(hit.text("_id"));
            }
            if (page.size() < CHUNK) {
                return;
            }
        }
    }
}
