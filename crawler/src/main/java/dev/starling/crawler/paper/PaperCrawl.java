package dev.starling.crawler.paper;

import dev.starling.bencode.ByteString;
import dev.starling.crawler.walk.CrawlEffect;
import dev.starling.crawler.walk.CrawlInput;
import dev.starling.crawler.walk.CrawlMachine;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.NodeRow;
import dev.starling.crawler.walk.Verdict;
import dev.starling.crawler.walk.Zone;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcQuery;
import dev.starling.sim.SimClock;
import dev.starling.sim.SimLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A crawl of a network on paper, on virtual time, from one seed. One crawl may follow the other:
/// what nodes remember of it, and it of them, stays.
public final class PaperCrawl {

    /// Nodes answer after a time that is log-normal; 120 ms in the middle.
    private static final double MEDIAN_NANOS = 120_000_000;

    private static final double SIGMA = 0.6;

    /// How long the store takes.
    private static final long STORE_NANOS = 1_000_000;

    /// No crawl takes longer, in virtual time.
    private static final Duration LIMIT = Duration.ofHours(12);

    private final SimClock clock = new SimClock();
    private final PaperNetwork network;
    private final PaperTorrents torrents;
    private final Terms terms;
    private final Watch watch;
    private final long seed;
    private final SplittableRandom random;
    private final KrpcCodec codec = new KrpcCodec();
    private final TreeMap<Id, NodeRow> rows = new TreeMap<>();
    private Optional<CrawlStats> ended = Optional.empty();

    /// What the network is like.
    ///
    /// @param loss the share of packets lost, each way
    /// @param intervalSeconds that nodes ask for (BEP 51)
    /// @param conduct how hostile nodes behave
    /// @param isForgetful whether nothing is remembered of nodes, as one sweep needs nothing
    public record Terms(
            double loss, long intervalSeconds, PaperConduct conduct, boolean isForgetful) {}

    /// Looks on, and judges infohashes as a store would.
    public interface Watch {

        /// An effect of the crawl other than a datagram.
        default void told(CrawlEffect effect) {}

        /// A question of the crawl, whoever hears it.
        default void asked(Endpoint to, KrpcQuery query) {}

        /// The crawl has answered a question.
        default void answered(Endpoint to) {}

        /// A question that reached a node.
        default void heard(int node, KrpcQuery query) {}

        default Verdict judge(Id infoHash) {
            return Verdict.NEW;
        }
    }

    public PaperCrawl(
            PaperNetwork network, PaperTorrents torrents, Terms terms, Watch watch, long seed) {
        this.network = network;
        this.torrents = torrents;
        this.terms = terms;
        this.watch = watch;
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    public SimClock clock() {
        return clock;
    }

    /// A crawl under way.
    public final class Run {
        private final CrawlMachine machine;
        private final SimLoop<CrawlInput, CrawlEffect> loop;

        private Run(CrawlMachine.Settings settings) {
            machine = new CrawlMachine(settings, new SplittableRandom(seed + 1));
            loop = new SimLoop<>(clock, machine, this::follow);
        }

        public CrawlMachine machine() {
            return machine;
        }

        public void handle(CrawlInput input) {
            loop.handle(input);
        }

        /// Until `done`, then drops the machine.
        public void until(BooleanSupplier done) {
            run(done);
            loop.stop();
        }

        public void forSeconds(long seconds) {
            clock.runFor(seconds * 1_000_000_000L);
        }

        /// Until one sweep is over, then drops the machine.
        public CrawlStats sweep() {
            var stats = nextSweep();
            loop.stop();
            return stats;
        }

        /// Until the next sweep is over.
        public CrawlStats nextSweep() {
            ended = Optional.empty();
            run(() -> ended.isPresent());
            return ended.orElseThrow();
        }

        private void run(BooleanSupplier done) {
            if (!clock.runUntil(done, clock.nowNanos() + LIMIT.toNanos())) {
                throw new IllegalStateException(
                        "not done within " + LIMIT + ", seed " + seed + ": " + machine.stats());
            }
        }

        private void follow(CrawlEffect effect) {
            if (effect instanceof CrawlEffect.Send(int node, var to, var datagram)) {
                send(node, to, datagram);
                return;
            }
            watch.told(effect);
            switch (effect) {
                case CrawlEffect.Saw(var row) -> {
                    if (!terms.isForgetful()) {
                        rows.put(row.contact().id(), row);
                    }
                }
                case CrawlEffect.LoadZone(var zone) ->
                        answer(new CrawlInput.ZoneLoaded(zone, remembered(zone), List.of()));
                case CrawlEffect.Sighted(var zone, var infoHash, _) ->
                        answer(new CrawlInput.Judged(zone, infoHash, watch.judge(infoHash)));
                case CrawlEffect.SweepEnded(var stats) -> ended = Optional.of(stats);
                case CrawlEffect.Send _,
                        CrawlEffect.Visited _,
                        CrawlEffect.Overheard _,
                        CrawlEffect.PeersFound _,
                        CrawlEffect.Deserted _,
                        CrawlEffect.Counted _,
                        CrawlEffect.ZoneSwept _ -> {}
            }
        }

        private void answer(CrawlInput input) {
            clock.after(STORE_NANOS, () -> loop.handle(input));
        }

        private void send(int asker, Endpoint to, ByteBuffer datagram) {
            if (!(codec.decode(datagram) instanceof KrpcCodec.Message(KrpcQuery query))) {
                watch.answered(to);
                return;
            }
            watch.asked(to, query);
            if (random.nextDouble() < terms.loss()) {
                return;
            }
            for (var reply : replies(to, query)) {
                if (random.nextDouble() >= terms.loss()) {
                    long rttNanos = (long) (MEDIAN_NANOS * Math.exp(random.nextGaussian() * SIGMA));
                    clock.after(rttNanos, () -> loop.handle(received(asker, reply)));
                }
            }
        }
    }

    /// Begins a crawl that knows one node.
    public Run begin(CrawlMachine.Settings settings, Optional<CrawlInput.Resume> resume) {
        var run = new Run(settings);
        resume.ifPresent(run::handle);
        run.handle(
                new CrawlInput.Bootstrap(
                        List.of(network.contact(0)), List.of(network.endpoint(0))));
        return run;
    }

    private List<NodeRow> remembered(Zone zone) {
        return rows.tailMap(zone.first()).values().stream()
                .takeWhile(row -> zone.contains(row.contact().id()))
                .toList();
    }

    private List<PaperConduct.Reply> replies(Endpoint to, KrpcQuery query) {
        int node = network.node(to);
        if (node >= 0 && network.isDead(node)) {
            return List.of();
        }
        if (node >= 0) {
            watch.heard(node, query);
        }
        return terms.conduct().replies(to, query).orElseGet(() -> honest(node, to, query));
    }

    private List<PaperConduct.Reply> honest(int node, Endpoint to, KrpcQuery query) {
        if (node < 0) {
            return List.of();
        }
        var encoded = codec.encode(torrents.answer(node, query, terms.intervalSeconds()));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return List.of(new PaperConduct.Reply(to, ByteString.of(bytes)));
    }

    private static CrawlInput received(int asker, PaperConduct.Reply reply) {
        return new CrawlInput.Datagram(
                asker, reply.from(), ByteBuffer.wrap(reply.datagram().toBytes()));
    }
}
