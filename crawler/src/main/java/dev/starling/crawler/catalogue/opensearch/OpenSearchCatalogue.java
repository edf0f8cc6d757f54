package dev.starling.crawler.catalogue.opensearch;

import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.CatalogueStats;
import dev.starling.crawler.catalogue.Facet;
import dev.starling.crawler.catalogue.FacetCount;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.HealthHistory;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.catalogue.PutReport;
import dev.starling.crawler.catalogue.SearchPage;
import dev.starling.crawler.catalogue.Sightings;
import dev.starling.crawler.catalogue.opensearch.Documents.Stored;
import dev.starling.id.Id;
import dev.starling.node.Event;
import dev.starling.node.JsonTree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A catalogue in an OpenSearch cluster, shared by as many crawlers as like: documents are keyed by
/// infohash and changed only over what they were made from, so that writing twice, or two writing
/// at once, comes to the same.
///
/// What is acknowledged is on the disks of the shard and its replicas (OpenSearch's default), so
/// one machine of the cluster may be lost at any moment. Thread-safe.
public final class OpenSearchCatalogue implements Catalogue {

    private final Rest rest;
    private final Names names;
    private final OpenSearchSettings settings;
    private final Store store;
    private final ClusterBlocks blocks;
    private final Retention retention;

    private OpenSearchCatalogue(Rest rest, Names names, OpenSearchSettings settings) {
        this.rest = rest;
        this.names = names;
        this.settings = settings;
        this.store = new Store(rest, names);
        this.blocks = new ClusterBlocks(rest, names, store, settings.clock());
        this.retention = new Retention(store, settings);
    }

    /// Connects to a cluster and makes the catalogue's indices where they are missing.
    public static OpenSearchCatalogue open(ClusterAddress address, OpenSearchSettings settings)
            throws IOException {
        var rest = new Rest(address.hosts(), address.credentials());
        try {
            var names = new Names(address.name());
            new Schema(rest, names, settings).ensure();
            return new OpenSearchCatalogue(rest, names, settings);
        } catch (IOException | RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    @Override
    public PutReport put(List<CatalogueEntry> batch) throws IOException {
        bounded(batch);
        if (batch.isEmpty()) {
            return PutReport.NOTHING;
        }
        Map<Id, CatalogueEntry> merged = new LinkedHashMap<>();
        List<Id> refused = new ArrayList<>();
        for (CatalogueEntry entry : batch) {
            if (entry.contents().isPrivate()) {
                refused.add(entry.infoHash());
            } else {
                merged.merge(
                        entry.infoHash(),
                        entry,
                        (a, b) -> a.with(a.sightings().merge(b.sightings())));
            }
        }
        store.note(names.refused(), refused);
        var outcome = new Outcome();
        blocks.refresh();
        store.change(merged.keySet(), (id, there) -> Optional.of(put(merged, id, there, outcome)));
        retention.keep();
        int duplicates = batch.size() - refused.size() - merged.size();
        return outcome.report().plus(new PutReport(0, duplicates, 0, refused.size()));
    }

    /// What became of each torrent, the last attempt counting.
    private static final class Outcome {
        private final Map<Id, PutReport> each = new TreeMap<>();

        PutReport report() {
            return each.values().stream().reduce(PutReport.NOTHING, PutReport::plus);
        }
    }

    private Stored put(
            Map<Id, CatalogueEntry> merged, Id id, Optional<Stored> there, Outcome outcome) {
        var entry = merged.get(id);
        if (entry == null) {
            throw new IllegalStateException("asked for " + id);
        }
        if (there.isPresent()) {
            outcome.each.put(id, new PutReport(0, 1, 0, 0));
            return sighted(there.get(), entry.sightings());
        }
        var found = new Found(entry, settings.classifier().classify(entry), List.of());
        boolean isHidden = blocks.set().matches(found);
        outcome.each.put(id, isHidden ? new PutReport(0, 0, 1, 0) : new PutReport(1, 0, 0, 0));
        return new Stored(found, isHidden, 0, 0);
    }

    private static Stored sighted(Stored there, Sightings sightings) {
        var entry = there.found().entry();
        return there.with(
                new Found(
                        entry.with(entry.sightings().merge(sightings)),
                        there.found().classification(),
                        there.found().history()));
    }

    @Override
    public Set<Id> known(Collection<Id> infoHashes) throws IOException {
        bounded(infoHashes);
        var known = store.present(names.torrents(), infoHashes);
        known.addAll(store.present(names.refused(), infoHashes));
        blocks.refresh();
        infoHashes.stream().filter(blocks.set()::contains).forEach(known::add);
        return known;
    }

    @Override
    public void seen(Collection<Id> infoHashes, Instant when) throws IOException {
        bounded(infoHashes);
        var sightings = new Sightings(when, when);
        store.change(infoHashes, (_, there) -> there.map(it -> sighted(it, sightings)));
    }

    @Override
    public void measured(List<HealthReading> readings) throws IOException {
        bounded(readings);
        Map<Id, List<HealthReading>> each = new LinkedHashMap<>();
        for (HealthReading reading : readings) {
            each.computeIfAbsent(reading.infoHash(), _ -> new ArrayList<>()).add(reading);
        }
        store.change(
                each.keySet(),
                (id, there) -> there.map(it -> measured(it, each.getOrDefault(id, List.of()))));
    }

    private static Stored measured(Stored there, List<HealthReading> readings) {
        var history = there.found().history();
        for (HealthReading reading : readings) {
            history = HealthHistory.with(history, reading.health());
        }
        return there.with(
                new Found(there.found().entry(), there.found().classification(), history));
    }

    @Override
    public List<Id> leastRecentlyMeasured(int limit) throws IOException {
        var body =
                Event.part()
                        .nested("query", Queries.matching(List.of(), Filters.NONE, false))
                        .number("size", Math.clamp(limit, 0, MAX_BATCH))
                        .flag("_source", false)
                        .parts(
                                "sort",
                                List.of(
                                        Json.order(Names.MEASURED, false),
                                        Json.order(Names.INFO_HASH, false)));
        List<Id> found = new ArrayList<>();
        for (JsonTree hit : hits(search(body))) {
            Id.parseHex(hit.text("_id")).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public Optional<Found> find(Id infoHash) throws IOException {
        return store.read(List.of(infoHash)).values().stream()
                .filter(it -> !it.isHidden())
                .map(Stored::found)
                .findFirst();
    }

    @Override
    public SearchPage search(CatalogueQuery query) throws IOException {
        long start = System.nanoTime();
        var answer = search(Queries.search(query));
        List<Hit> hits = new ArrayList<>();
        for (JsonTree hit : hits(answer)) {
            hits.add(new Hit(Documents.read(hit).found(), hit.fraction("_score"), copies(hit)));
        }
        var total = answer.at("hits").at("total");
        return new SearchPage(
                hits,
                total.number("value"),
                total.text("relation").equals("eq"),
                query.hasFacets() ? facets(answer.at("aggregations")) : List.of(),
                System.nanoTime() - start);
    }

    private static List<Id> copies(JsonTree hit) {
        List<Id> copies = new ArrayList<>();
        for (JsonTree copy : hits(hit.at("inner_hits").at(Queries.COPIES))) {
            String id = copy.text("_id");
            if (!id.equals(hit.text("_id")) && copies.size() < Hit.MAX_COPIES) {
                Id.parseHex(id).ifPresent(copies::add);
            }
        }
        return copies;
    }

    private static List<Facet> facets(JsonTree counted) {
        List<Facet> facets = new ArrayList<>();
        for (Facet.Property property : Facet.Property.values()) {
            var counts = counted.at(Queries.name(property));
            Map<String, Long> values = new LinkedHashMap<>();
            for (JsonTree bucket : counts.at("buckets").items()) {
                String value =
                        bucket.has("key_as_string") || !bucket.text("key").isEmpty()
                                ? bucket.text("key")
                                : String.valueOf(bucket.number("key"));
                values.put(value, bucket.number("doc_count"));
            }
            boolean isExact = counts.number("doc_count_error_upper_bound") == 0;
            facets.add(FacetCount.facet(property, values, isExact));
        }
        return facets;
    }

    private JsonTree search(Event body) throws IOException {
        return rest.post("/" + names.torrents() + "/_search", body.toJson()).good();
    }

    private static List<JsonTree> hits(JsonTree answer) {
        return answer.at("hits").at("hits").items();
    }

    @Override
    public Blocks blocks() {
        return blocks;
    }

    @Override
    public CatalogueStats stats() throws IOException {
        refresh();
        rest.post("/" + names.refused() + "/_refresh", "").good();
        var store = rest.get("/" + names.torrents() + "/_stats/store").good();
        return new CatalogueStats(
                count(names.torrents(), Json.object("query", Json.flag(Names.HIDDEN, false))),
                count(names.torrents(), Json.object("query", Json.flag(Names.HIDDEN, true))),
                count(names.refused(), Event.part()),
                retention.evicted(),
                store.at("_all").at("total").at("store").number("size_in_bytes"));
    }

    private long count(String index, Event body) throws IOException {
        return rest.post("/" + index + "/_count", body.toJson()).good().number("count");
    }

    @Override
    public void export(ExportSink sink) throws IOException {
        refresh();
        store.walk(Json.object("match_all", Event.part()), stored -> sink.take(stored.found()));
    }

    @Override
    public void refresh() throws IOException {
        rest.post("/" + names.torrents() + "/_refresh", "").good();
    }

    @Override
    public void close() {
        rest.close();
    }

    private static void bounded(Collection<?> batch) {
        if (batch.size() > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.size() + ", limit " + MAX_BATCH);
        }
    }
}
