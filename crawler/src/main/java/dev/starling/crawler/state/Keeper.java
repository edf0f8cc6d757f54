package dev.starling.crawler.state;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.crawler.fetch.FetchEffect;
import dev.starling.crawler.fetch.FetchInput;
import dev.starling.crawler.state.HashRow.Health;
import dev.starling.crawler.walk.CrawlEffect;
import dev.starling.crawler.walk.CrawlInput;
import dev.starling.crawler.walk.Verdict;
import dev.starling.crawler.walk.Zone;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Keeps what the two machines find out and answers what they ask, batch by batch. Confined to one
/// thread.
///
/// An infohash is wanted from its first sighting until the catalogue has acknowledged its metadata
/// or every peer has failed, and is written down as such before the node that told of it counts as
/// asked. So whenever the process dies, what was under way is taken up again and nothing else.
public final class Keeper {

    /// Swarms of one zone that are counted again in one sweep.
    private static final int MAX_REFRESHED = 2_000;

    /// Infohashes of earlier runs taken up at once; the sweep comes by the others.
    private static final int MAX_UNFINISHED = 50_000;

    /// Infohashes overheard that wait for the sweep: people can ask us for what does not exist.
    private static final int MAX_OVERHEARD = 100_000;

    /// Failures of one zone that are forgotten at a time.
    private static final int MAX_FORGOTTEN = 50_000;

    /// How long a failure is remembered after it may be tried again. Who invents infohashes fills
    /// the disk for so long and no longer.
    private static final long REMEMBERED_SECONDS = 86_400;

    /// Sweeps in which an infohash is looked for that no node has peers of.
    private static final int MAX_LOOKED_FOR = 5;

    private final CrawlStore store;
    private final Catalogue catalogue;
    private final Answers answers;

    /// Wanted and under way in this run. Never iterated.
    private final Set<Id> underWay = new HashSet<>();

    private int overheard;

    /// Where answers go.
    public record Answers(Consumer<CrawlInput> crawl, Consumer<FetchInput> fetch) {}

    /// What happened, to be kept.
    public sealed interface Note {}

    public record Crawled(CrawlEffect effect) implements Note {}

    public record Fetched(FetchEffect effect) implements Note {}

    public Keeper(CrawlStore store, Catalogue catalogue, Answers answers) {
        this.store = store;
        this.catalogue = catalogue;
        this.answers = answers;
    }

    /// Takes up what an earlier run left.
    public void resume() throws IOException {
        store.progress()
                .ifPresent(progress ->
                        answers.crawl()
                                .accept(
                                        new CrawlInput.Resume(
                                                progress.zoneBits(), progress.swept())));
        var unfinished = new LinkedHashMap<Id, HashRow>();
        store.wanted(
                new Zone(0, 0),
                (infoHash, row) -> {
                    if (!row.reporters().isEmpty()) {
                        unfinished.put(infoHash, row);
                    }
                    return unfinished.size() < MAX_UNFINISHED;
                });
        settleKnown(unfinished);
        for (var each : unfinished.entrySet()) {
            underWay.add(each.getKey());
            var reporters = each.getValue().reporters();
            answers.crawl().accept(new CrawlInput.Unfinished(each.getKey(), reporters));
        }
    }

    /// Takes out what the catalogue has although it is still wanted: the process died when the
    /// catalogue had acknowledged it and we had not written that down.
    private void settleKnown(Map<Id, HashRow> wanted) throws IOException {
        var all = List.copyOf(wanted.keySet());
        for (int from = 0; from < all.size(); from += Catalogue.MAX_BATCH) {
            int end = Math.min(all.size(), from + Catalogue.MAX_BATCH);
            for (var infoHash : catalogue.known(all.subList(from, end))) {
                var row = wanted.remove(infoHash);
                if (row != null) {
                    store.settle(infoHash, row.settled());
                }
            }
        }
        store.commit();
    }

    /// Keeps a batch, in order.
    ///
    /// @return what was catalogued
    public List<CatalogueEntry> keep(List<Note> notes, Instant now) throws IOException {
        var turn = new Batch(now, known(notes));
        for (var note : notes) {
            switch (note) {
                case Crawled(var effect) -> keep(effect, turn);
                case Fetched(var effect) -> keep(effect, turn);
            }
        }
        catalogue(turn);
        store.commit();
        turn.judgements.forEach(answers.crawl());
        turn.candidates.forEach(answers.fetch());
        for (var zone : turn.zones) {
            answers.crawl().accept(load(zone, turn));
        }
        return turn.entries;
    }

    /// What one batch comes to.
    private static final class Batch {
        final Instant now;
        final long seconds;
        final Set<Id> known;
        final List<CatalogueEntry> entries = new ArrayList<>();
        final Set<Id> seen = new LinkedHashSet<>();
        final Map<Id, HashRow> wanted = new HashMap<>(); // never iterated
        final List<HealthReading> readings = new ArrayList<>();
        final List<CrawlInput> judgements = new ArrayList<>();
        final List<FetchInput> candidates = new ArrayList<>();
        final List<Zone> zones = new ArrayList<>();

        Batch(Instant now, Set<Id> known) {
            this.now = now;
            this.seconds = now.getEpochSecond();
            this.known = known;
        }
    }

    /// Of all infohashes in these notes, those the catalogue knows.
    private Set<Id> known(List<Note> notes) throws IOException {
        var asked = new LinkedHashSet<Id>();
        for (var note : notes) {
            switch (note) {
                case Crawled(CrawlEffect.Sighted(_, var infoHash, _)) -> asked.add(infoHash);
                case Crawled(CrawlEffect.Overheard(var infoHash, _)) -> asked.add(infoHash);
                case Crawled(CrawlEffect.Counted(var health)) -> asked.add(health.infoHash());
                case Crawled _, Fetched _ -> {}
            }
        }
        return asked.isEmpty() ? Set.of() : catalogue.known(asked);
    }

    private void keep(CrawlEffect effect, Batch batch) throws IOException {
        switch (effect) {
            case CrawlEffect.LoadZone(var zone) -> batch.zones.add(zone);
            case CrawlEffect.Saw(var node) -> store.save(node);
            case CrawlEffect.Sighted sighted -> {
                var verdict = judge(sighted, batch);
                batch.judgements.add(
                        new CrawlInput.Judged(sighted.zone(), sighted.infoHash(), verdict));
            }
            case CrawlEffect.Overheard(var infoHash, var peers) -> overhear(infoHash, peers, batch);
            case CrawlEffect.Counted(var health) -> count(health, batch);
            case CrawlEffect.ZoneSwept(var zone, _) -> store.swept(zone);
            case CrawlEffect.SweepEnded _ -> store.sweepEnded();
            case CrawlEffect.PeersFound(var infoHash, var peers) ->
                    batch.candidates.add(new FetchInput.Candidates(infoHash, peers));
            case CrawlEffect.Deserted(var infoHash) -> {
                if (underWay.contains(infoHash)) {
                    failed(infoHash, batch);
                }
            }
            case CrawlEffect.Send _, CrawlEffect.Visited _ ->
                    throw new IllegalStateException("not to be kept: " + effect);
        }
    }

    private Verdict judge(CrawlEffect.Sighted sighted, Batch batch) throws IOException {
        var infoHash = sighted.infoHash();
        if (batch.known.contains(infoHash)) {
            batch.seen.add(infoHash);
            var row = store.settled(infoHash).orElse(HashRow.EMPTY);
            return RefreshRule.isDue(row.health(), batch.seconds) ? Verdict.REFRESH : Verdict.KNOWN;
        }
        if (underWay.contains(infoHash)) {
            return Verdict.KNOWN;
        }
        var settled = store.settled(infoHash).orElse(HashRow.EMPTY);
        if (settled.retrySeconds() > batch.seconds) {
            return Verdict.KNOWN;
        }
        underWay.add(infoHash);
        want(infoHash, settled.with(sighted.reporter()), batch);
        return Verdict.NEW;
    }

    private void want(Id infoHash, HashRow row, Batch batch) throws IOException {
        batch.wanted.put(infoHash, row);
        store.want(infoHash, row);
    }

    private HashRow wanted(Id infoHash, Batch batch) throws IOException {
        var recent = batch.wanted.get(infoHash);
        return recent != null ? recent : store.wanted(infoHash).orElse(HashRow.EMPTY);
    }

    private void overhear(Id infoHash, List<Endpoint> peers, Batch batch) throws IOException {
        if (batch.known.contains(infoHash) || underWay.contains(infoHash)) {
            return;
        }
        if (!peers.isEmpty()) {
            underWay.add(infoHash);
            want(infoHash, wanted(infoHash, batch), batch);
            batch.candidates.add(new FetchInput.Candidates(infoHash, peers));
        } else if (overheard < MAX_OVERHEARD && store.wanted(infoHash).isEmpty()) {
            overheard++;
            want(infoHash, HashRow.EMPTY, batch);
        }
    }

    private void count(dev.starling.crawler.walk.SwarmHealth swarm, Batch batch)
            throws IOException {
        int error = Math.max(swarm.seedsError(), swarm.leechersError());
        var health = new Health(swarm.seconds(), swarm.seeds(), swarm.leechers(), error);
        var infoHash = swarm.infoHash();
        if (batch.known.contains(infoHash)) {
            batch.readings.add(reading(infoHash, health));
            var row = store.settled(infoHash).orElse(HashRow.EMPTY);
            store.settle(infoHash, row.with(health));
        } else if (underWay.contains(infoHash)) {
            want(infoHash, wanted(infoHash, batch).with(health), batch);
        }
    }

    private static HealthReading reading(Id infoHash, Health health) {
        return new HealthReading(
                infoHash,
                new SwarmHealth(
                        health.seeds(),
                        health.leechers(),
                        health.error(),
                        Instant.ofEpochSecond(health.seconds())));
    }

    private void keep(FetchEffect effect, Batch batch) throws IOException {
        switch (effect) {
            case FetchEffect.Fetched(var info) ->
                    batch.entries.add(CatalogueEntry.of(info, batch.now));
            case FetchEffect.Unusable(var infoHash, _) -> {
                underWay.remove(infoHash);
                store.settle(infoHash, HashRow.EMPTY.failed(Long.MAX_VALUE));
            }
            case FetchEffect.Failed(var infoHash, _) -> failed(infoHash, batch);
            case FetchEffect.Connect _, FetchEffect.Write _, FetchEffect.Disconnect _ ->
                    throw new IllegalStateException("what is sent is not kept");
        }
    }

    private void failed(Id infoHash, Batch batch) throws IOException {
        underWay.remove(infoHash);
        var row = wanted(infoHash, batch);
        long retry = batch.seconds + RefreshRule.retryAfterSeconds(row.tries());
        store.settle(infoHash, row.failed(retry));
    }

    /// Only once the catalogue has acknowledged an entry is it no longer wanted.
    private void catalogue(Batch batch) throws IOException {
        if (!batch.entries.isEmpty()) {
            catalogue.put(batch.entries);
        }
        for (var entry : batch.entries) {
            var infoHash = entry.infoHash();
            var row = wanted(infoHash, batch);
            if (row.health().seconds() > 0) {
                batch.readings.add(reading(infoHash, row.health()));
            }
            store.settle(infoHash, row.settled());
            underWay.remove(infoHash);
        }
        if (!batch.seen.isEmpty()) {
            catalogue.seen(batch.seen, batch.now);
        }
        if (!batch.readings.isEmpty()) {
            catalogue.measured(batch.readings);
        }
    }

    private static boolean isOld(HashRow row, long nowSeconds) {
        return row.tries() > 0 && row.retrySeconds() < nowSeconds - REMEMBERED_SECONDS;
    }

    private CrawlInput.ZoneLoaded load(Zone zone, Batch batch) throws IOException {
        var leads = new ArrayList<CrawlInput.Lead>();
        var again = new LinkedHashMap<Id, HashRow>();
        store.wanted(
                zone,
                (infoHash, row) -> {
                    if (row.reporters().isEmpty() && !underWay.contains(infoHash)) {
                        again.put(infoHash, row);
                    }
                    return again.size() < MAX_REFRESHED;
                });
        settleKnown(again);
        for (var entry : again.entrySet()) {
            var infoHash = entry.getKey();
            var row = entry.getValue();
            overheard--;
            if (row.tries() >= MAX_LOOKED_FOR) {
                store.settle(infoHash, row.failed(batch.seconds));
            } else {
                store.want(infoHash, row.failed(0));
                leads.add(new CrawlInput.Lead(infoHash, Verdict.NEW));
            }
        }
        var old = new ArrayList<Id>();
        store.settled(
                zone,
                (infoHash, row) -> {
                    if (isOld(row, batch.seconds)) {
                        old.add(infoHash);
                    }
                    if (row.tries() == 0 && RefreshRule.isDue(row.health(), batch.seconds)) {
                        leads.add(new CrawlInput.Lead(infoHash, Verdict.REFRESH));
                    }
                    return leads.size() < MAX_REFRESHED && old.size() < MAX_FORGOTTEN;
                });
        for (var infoHash : old) {
            store.forget(infoHash);
        }
        store.commit();
        return new CrawlInput.ZoneLoaded(zone, store.nodes(zone), leads);
    }
}
