package dev.starling.crawler.walk;

import dev.starling.dht.DhtNode;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which zones are swept when, and counts what comes of it. Confined to the machine.
final class Cursor {

    /// Nodes of a zone, dead ones included. Fewer would have to be entered more often; with more, a
    /// sweep broken off repeats more.
    private static final double ZONE_NODES = 512;

    /// A zone takes some seconds longer than its last question, which silent nodes are given.
    private static final double ZONE_SECONDS = 12;

    /// Zones open at a time: 256 x 700 nodes take 60 MB.
    private static final int MAX_OPEN = 256;

    private static final int MIN_OPEN = 4;

    /// Questions beyond those that a zone's nodes are asked: about swarms, and again of the silent.
    private static final double QUESTIONS_PER_NODE = 1.5;

    /// The next sweep begins no sooner after the last began. A node is asked once in a sweep, about
    /// as often as its neighbours ask it (BEP 5: a contact is questionable after 15 minutes).
    private static final long SWEEP_NANOS = 600_000_000_000L;

    /// Contacts next to ours that tell how dense the network is.
    private static final int NEIGHBOURS = 8;

    /// The last sweep's count is believed up to so many times what the neighbours of our own ids
    /// tell: those who invent nodes could else have us cut the keyspace finer and finer.
    private static final double MAX_GROWTH = 8;

    /// Of the questions that may be under way, these are kept for zones already open.
    private static final int RESERVE = Questions.MAX_IN_FLIGHT / 4;

    /// Loss up to which so many attempts miss fewer than one node in a thousand.
    private static final double LOSS_OF_TWO = 0.03;

    private static final double LOSS_OF_THREE = 0.12;

    private final CrawlMachine.Settings settings;
    private final List<DhtNode> nodes;
    private final Circumstances world;
    private final Swarms unfinished;
    private SizeCount size = new SizeCount();
    private SizeEstimate lastSize = SizeEstimate.UNKNOWN;
    private Optional<Sweep> sweep = Optional.empty();
    private Optional<CrawlInput.Resume> resume = Optional.empty();
    private double densityNodes;
    private long countedNodes;
    private int countedZones;
    private boolean hasJoined;
    private boolean isHeld;
    private boolean isPaused;
    private long nextSweepNanos = StateMachine.NO_DEADLINE;
    private long visitedBefore;

    Cursor(CrawlMachine.Settings settings, List<DhtNode> nodes, Circumstances world) {
        this.settings = settings;
        this.nodes = nodes;
        this.world = world;
        unfinished = new Swarms(new Zone(0, 0), world);
    }

    void joined() {
        if (!hasJoined) {
            hasJoined = true;
            nextSweepNanos = Long.MIN_VALUE;
        }
    }

    void resume(CrawlInput.Resume earlier) {
        resume = Optional.of(earlier);
    }

    void hold(boolean held) {
        isHeld = held;
    }

    void pause(boolean paused) {
        isPaused = paused;
    }

    void loaded(CrawlInput.ZoneLoaded loaded, Turn turn) {
        walk(loaded.zone())
                .ifPresent(walk -> {
                    var point = loaded.zone().first();
                    var known = new ArrayList<Contact>();
                    nodes.forEach(node -> known.addAll(node.closest(point, NEIGHBOURS)));
                    walk.begin(loaded, known, turn);
                });
    }

    void judged(Zone zone, Id infoHash, Verdict verdict, Turn turn) {
        walk(zone).ifPresent(walk -> walk.swarms().judged(infoHash, verdict, turn));
    }

    void unfinished(Id infoHash, List<Contact> reporters, Turn turn) {
        unfinished.resume(infoHash, reporters, turn);
    }

    private Optional<ZoneWalk> walk(Zone zone) {
        return sweep.flatMap(current -> current.find(zone));
    }

    /// Closes zones that are done with and begins others while there is room.
    void proceed(Turn turn, int inFlight) {
        unfinished.forgetMany();
        if (sweep.isEmpty()) {
            if (turn.nowNanos() < nextSweepNanos || isWaiting()) {
                return;
            }
            sweep = Optional.of(begin(turn));
        }
        var current = sweep.get();
        finish(current, turn);
        while (mayBegin(current, inFlight)) {
            var zone = current.next();
            if (zone.isEmpty()) {
                break;
            }
            current.open(new ZoneWalk(zone.get(), plan(), world));
            turn.emit(new CrawlEffect.LoadZone(zone.get()));
        }
        if (current.isDone()) {
            end(current, turn);
        }
    }

    private boolean isWaiting() {
        return isHeld || isPaused;
    }

    private boolean mayBegin(Sweep current, int inFlight) {
        double perZone = expected(current) * QUESTIONS_PER_NODE;
        double zones = settings.queriesPerSecond() * ZONE_SECONDS / Math.max(perZone, 1);
        return !isWaiting()
                && current.openCount() < Math.clamp((long) zones, MIN_OPEN, MAX_OPEN)
                && world.asking().waiting() < Math.max(16, settings.queriesPerSecond() / 20)
                && inFlight < Questions.MAX_IN_FLIGHT - RESERVE;
    }

    private void finish(Sweep current, Turn turn) {
        var done = new ArrayList<ZoneWalk>();
        for (var walk : current.walks()) {
            if (walk.isDone()) {
                done.add(walk);
            }
        }
        for (var walk : done) {
            current.close(walk);
            walk.swarms().forget();
            var count = walk.count();
            size.add(walk.zone(), count);
            countedZones++;
            countedNodes += count.nodes() + count.silent();
            turn.emit(new CrawlEffect.ZoneSwept(walk.zone(), count));
        }
    }

    private Sweep begin(Turn turn) {
        densityNodes =
                countedZones == 0
                        ? density()
                        : Math.min(countedNodes / size.share(), MAX_GROWTH * density());
        size = new SizeCount();
        countedNodes = 0;
        countedZones = 0;
        visitedBefore = world.tally().nodesVisited;
        int bits =
                resume.map(CrawlInput.Resume::zoneBits)
                        .filter(given -> given >= settings.slice().minBits())
                        .orElseGet(this::bits);
        var begun = new Sweep(settings.slice(), bits, nodes.size(), turn.nowNanos());
        resume.ifPresent(earlier -> begun.skip(earlier.swept()));
        resume = Optional.empty();
        return begun;
    }

    private int bits() {
        long bits = Math.round(Math.log(densityNodes / ZONE_NODES) / Math.log(2));
        return Math.clamp(bits, settings.slice().minBits(), Zone.MAX_BITS);
    }

    /// From how far the neighbours of our own ids lie: with n nodes, the k-th is some k/n of the
    /// keyspace away.
    private double density() {
        double sum = 0;
        int counted = 0;
        for (var node : nodes) {
            var closest = node.closest(node.id(), NEIGHBOURS);
            if (!closest.isEmpty()) {
                var distance = node.id().xor(closest.getLast().id());
                double share = Math.max((distance.high() >>> 1) * 0x1p-63, 0x1p-60);
                sum += closest.size() / share;
                counted++;
            }
        }
        return counted == 0 ? 1 : sum / counted;
    }

    private ZoneWalk.Plan plan() {
        double loss = size.lossShare();
        int attempts = countedZones == 0 || loss >= LOSS_OF_TWO ? 3 : 2;
        return new ZoneWalk.Plan(
                Math.max(1, expected(sweep.orElseThrow())), loss >= LOSS_OF_THREE ? 4 : attempts);
    }

    private double expected(Sweep current) {
        return countedZones == 0
                ? densityNodes * current.share() / current.zones()
                : (double) countedNodes / countedZones;
    }

    private void end(Sweep current, Turn turn) {
        world.tally().sweeps++;
        lastSize = size.estimate(current.share());
        turn.emit(new CrawlEffect.SweepEnded(stats(0)));
        sweep = Optional.empty();
        nextSweepNanos = Math.max(turn.nowNanos(), current.beganNanos() + SWEEP_NANOS);
    }

    long nextDeadlineNanos() {
        return sweep.isPresent() || isWaiting() ? StateMachine.NO_DEADLINE : nextSweepNanos;
    }

    CrawlStats stats(int inFlight) {
        var tally = world.tally();
        return new CrawlStats(
                tally.nodesVisited - visitedBefore,
                tally.nodesVisited,
                tally.nodesSampled,
                tally.infoHashes,
                tally.sightings,
                tally.queries,
                tally.replies,
                sweep.map(Sweep::zones).orElse(0),
                sweep.map(Sweep::swept).orElse(0),
                sweep.map(Sweep::openCount).orElse(0),
                tally.sweeps,
                inFlight,
                world.asking().waiting(),
                tally.swarmsCounted,
                tally.refused,
                sweep.map(current -> size.estimate(current.share()))
                        .filter(found -> found.nodes() > 0)
                        .orElse(lastSize));
    }
}
