package dev.starling.crawler.walk;

import dev.starling.crawler.paper.PaperConduct;
import dev.starling.crawler.paper.PaperCrawl;
import dev.starling.crawler.paper.PaperNetwork;
import dev.starling.crawler.paper.PaperTorrents;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcQuery;
import dev.starling.sim.SimClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A network on paper that is crawled, and what was seen of it.
final class PaperWorld implements PaperCrawl.Watch {

    private static final long HOUR_SECONDS = 3600;

    final List<CrawlEffect> told = new ArrayList<>();

    /// The times in seconds at which each node received sample_infohashes.
    final Map<Integer, List<Long>> sampled = new HashMap<>();

    /// What each infohash is judged; new by default.
    Function<Id, Verdict> verdict = _ -> Verdict.NEW;

    long intervalSeconds = HOUR_SECONDS;
    long queries;
    long samples;
    final List<Endpoint> answered = new ArrayList<>();

    private final long seed;
    private final PaperNetwork network;
    private final PaperTorrents torrents;
    private Optional<CrawlInput.Resume> resume = Optional.empty();
    private Optional<PaperCrawl> crawl = Optional.empty();
    private double loss;

    PaperWorld(long seed, int nodes, double deadShare) {
        this.seed = seed;
        network = new PaperNetwork(seed, nodes, deadShare, PaperNetwork.Place.LOOPBACK);
        torrents = new PaperTorrents(network, seed);
    }

    PaperWorld losing(double share) {
        loss = share;
        return this;
    }

    PaperWorld torrents(int count, int peersEach) {
        torrents.add(count, peersEach);
        return this;
    }

    /// The next crawl takes this up.
    void resume(CrawlInput.Resume earlier) {
        resume = Optional.of(earlier);
    }

    int live() {
        return network.live();
    }

    Endpoint endpoint(int node) {
        return network.endpoint(node);
    }

    Set<Id> infoHashes() {
        return torrents.infoHashes();
    }

    SimClock clock() {
        return crawl().clock();
    }

    PaperCrawl.Run begin(CrawlMachine.Settings settings) {
        return crawl().begin(settings, resume);
    }

    CrawlMachine crawl(CrawlMachine.Settings settings, BooleanSupplier done) {
        var run = begin(settings);
        run.until(done);
        return run.machine();
    }

    /// Until one sweep is over.
    CrawlStats sweep(CrawlMachine.Settings settings) {
        return begin(settings).sweep();
    }

    private PaperCrawl crawl() {
        if (crawl.isEmpty()) {
            var terms = new PaperCrawl.Terms(loss, intervalSeconds, PaperConduct.HONEST, false);
            crawl = Optional.of(new PaperCrawl(network, torrents, terms, this, seed));
        }
        return crawl.get();
    }

    static CrawlMachine.Settings settings(long seed, int perSecond) {
        return settings(seed, perSecond, true);
    }

    /// Of a crawl that answers others.
    static CrawlMachine.Settings answering(long seed, int perSecond) {
        return settings(seed, perSecond, false);
    }

    private static CrawlMachine.Settings settings(long seed, int perSecond, boolean isReadOnly) {
        return new CrawlMachine.Settings(
                List.of(Id.random(new SplittableRandom(seed + 2))),
                Slice.WHOLE,
                new AddressRules(false, true, List.of()),
                isReadOnly,
                true,
                false,
                perSecond,
                0);
    }

    Set<Id> sighted() {
        var found = new LinkedHashSet<Id>();
        for (var effect : told) {
            if (effect instanceof CrawlEffect.Sighted(_, var infoHash, _)) {
                found.add(infoHash);
            }
        }
        return found;
    }

    @Override
    public void told(CrawlEffect effect) {
        told.add(effect);
    }

    @Override
    public void asked(Endpoint to, KrpcQuery query) {
        queries++;
        samples += query instanceof KrpcQuery.SampleInfohashes ? 1 : 0;
    }

    @Override
    public void answered(Endpoint to) {
        answered.add(to);
    }

    @Override
    public void heard(int node, KrpcQuery query) {
        if (query instanceof KrpcQuery.SampleInfohashes) {
            sampled.computeIfAbsent(node, _ -> new ArrayList<>())
                    .add(clock().nowNanos() / 1_000_000_000);
        }
    }

    @Override
    public Verdict judge(Id infoHash) {
        return verdict.apply(infoHash);
    }
}
