package dev.starling.crawler.walk;

import dev.starling.bencode.ByteString;
import dev.starling.dht.AddressFilter;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import dev.starling.krpc.KrpcResponse.Extra;
import dev.starling.sim.SimClock;
import dev.starling.sim.SimLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A DHT that exists on paper only: what a node answers follows from the sorted list of all ids, so
/// a hundred thousand nodes cost nothing but their ids. On virtual time, from one seed.
///
/// Bucket b of a node holds eight, drawn by lot, of those that share exactly b bits with it.
final class PaperWorld {

    static final int PORT = 6881;
    private static final int FIRST_ADDRESS = 0x7f010000;
    private static final int BUCKET = 8;
    private static final long HOUR_SECONDS = 3600;

    final SimClock clock = new SimClock();
    final List<CrawlEffect> told = new ArrayList<>();

    /// The times in seconds at which each node received sample_infohashes.
    final Map<Integer, List<Long>> sampled = new HashMap<>();

    /// What each infohash is judged; new by default.
    Function<Id, Verdict> verdict = _ -> Verdict.NEW;

    final Map<Contact, NodeRow> rows = new LinkedHashMap<>();
    long intervalSeconds = HOUR_SECONDS;

    private final long seed;
    private final SplittableRandom random;
    private final Id[] ids;
    private final boolean[] isDead;
    private final int[] order; // by id: which node
    private final Id[] sorted;
    private final Map<Id, List<Endpoint>> swarms = new LinkedHashMap<>();
    private final Map<Integer, List<Id>> held = new HashMap<>();
    private final KrpcCodec codec = new KrpcCodec();
    private Optional<CrawlInput.Resume> resume = Optional.empty();
    private double loss;
    private int live;
    long queries;

    PaperWorld(long seed, int nodes, double deadShare) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        int all = (int) Math.round(nodes / (1 - deadShare));
        ids = new Id[all];
        isDead = new boolean[all];
        for (int i = 0; i < all; i++) {
            ids[i] = Id.random(random);
        }
        var numbers = new ArrayList<Integer>();
        for (int i = 1; i < all; i++) {
            numbers.add(i); // node 0 lives, to begin with
        }
        Collections.shuffle(numbers, new java.util.Random(seed));
        numbers.subList(0, all - nodes).forEach(number -> isDead[number] = true);
        live = nodes;
        var byId = new Integer[all];
        Arrays.setAll(byId, i -> i);
        Arrays.sort(byId, (a, b) -> ids[a].compareTo(ids[b]));
        order = Arrays.stream(byId).mapToInt(i -> i).toArray();
        sorted = new Id[all];
        Arrays.setAll(sorted, i -> ids[order[i]]);
    }

    PaperWorld losing(double share) {
        loss = share;
        return this;
    }

    /// Adds torrents, each held by the eight nodes closest to it that live.
    PaperWorld torrents(int count, int peersEach) {
        for (int i = 0; i < count; i++) {
            var infoHash = Id.random(random);
            var peers = new ArrayList<Endpoint>();
            for (int peer = 0; peer < peersEach; peer++) {
                int address = 0x7f800000 + random.nextInt(1 << 20);
                peers.add(new Endpoint(IpAddress.v4(address), 7001));
            }
            swarms.put(infoHash, peers);
            for (int node : closestLive(infoHash, BUCKET)) {
                held.computeIfAbsent(node, _ -> new ArrayList<>()).add(infoHash);
            }
        }
        return this;
    }

    /// The next crawl takes this up.
    void resume(CrawlInput.Resume earlier) {
        resume = Optional.of(earlier);
    }

    int live() {
        return live;
    }

    Set<Id> infoHashes() {
        return swarms.keySet();
    }

    Contact contact(int node) {
        return new Contact(ids[node], endpoint(node));
    }

    static Endpoint endpoint(int node) {
        return new Endpoint(IpAddress.v4(FIRST_ADDRESS + node), PORT);
    }

    int node(Endpoint endpoint) {
        return endpoint.address().v4Bits() - FIRST_ADDRESS;
    }

    boolean isDead(int node) {
        return isDead[node];
    }

    /// Runs a crawl until `done`; at most an hour of virtual time.
    CrawlMachine crawl(CrawlMachine.Settings settings, BooleanSupplier done) {
        var machine = new CrawlMachine(settings, new SplittableRandom(seed + 1));
        var loops = new ArrayList<SimLoop<CrawlInput, CrawlEffect>>();
        var loop = new SimLoop<>(clock, machine, effect -> follow(effect, loops));
        loops.add(loop);
        resume.ifPresent(loop::handle);
        loop.handle(new CrawlInput.Bootstrap(List.of(contact(0)), List.of(endpoint(0))));
        boolean isDone = clock.runUntil(done, clock.nowNanos() + Duration.ofHours(1).toNanos());
        loop.stop();
        if (!isDone) {
            throw new AssertionError("not done within an hour, seed " + seed);
        }
        return machine;
    }

    /// Until one sweep is over.
    CrawlStats sweep(CrawlMachine.Settings settings) {
        var machine = crawl(settings, () -> ended().isPresent());
        return ended().orElse(machine.stats());
    }

    Optional<CrawlStats> ended() {
        return told.isEmpty() || !(told.getLast() instanceof CrawlEffect.SweepEnded(var stats))
                ? Optional.empty()
                : Optional.of(stats);
    }

    static CrawlMachine.Settings settings(long seed, int perSecond) {
        return new CrawlMachine.Settings(
                List.of(Id.random(new SplittableRandom(seed + 2))),
                Slice.WHOLE,
                new AddressRules(false, true, List.of()),
                true,
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

    private void follow(CrawlEffect effect, List<SimLoop<CrawlInput, CrawlEffect>> loops) {
        if (effect instanceof CrawlEffect.Send(int node, var to, var datagram)) {
            receive(node, to, datagram, loops.getFirst());
            return;
        }
        told.add(effect);
        if (effect instanceof CrawlEffect.Saw(var row)) {
            rows.put(row.contact(), row);
        }
        if (effect instanceof CrawlEffect.LoadZone(var zone)) {
            var known =
                    rows.values().stream()
                            .filter(row -> zone.contains(row.contact().id()))
                            .toList();
            answer(loops.getFirst(), new CrawlInput.ZoneLoaded(zone, known, List.of()));
        }
        if (effect instanceof CrawlEffect.Sighted(var zone, var infoHash, _)) {
            var judged = new CrawlInput.Judged(zone, infoHash, verdict.apply(infoHash));
            answer(loops.getFirst(), judged);
        }
    }

    private void answer(SimLoop<CrawlInput, CrawlEffect> loop, CrawlInput input) {
        clock.at(clock.nowNanos() + 1_000_000, () -> loop.handle(input));
    }

    private void receive(
            int asker, Endpoint to, ByteBuffer datagram, SimLoop<CrawlInput, CrawlEffect> loop) {
        queries++;
        int node = node(to);
        if (node < 0 || node >= ids.length || isDead[node] || random.nextDouble() < loss) {
            return;
        }
        if (!(codec.decode(datagram) instanceof KrpcCodec.Message(KrpcQuery query))) {
            return;
        }
        if (query instanceof KrpcQuery.SampleInfohashes) {
            sampled.computeIfAbsent(node, _ -> new ArrayList<>())
                    .add(clock.nowNanos() / 1_000_000_000);
        }
        if (random.nextDouble() < loss) {
            return;
        }
        var encoded = codec.encode(answer(node, query));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        long rtt = (long) (60_000_000 * Math.exp(random.nextGaussian() * 0.6 + 0.5));
        clock.at(
                clock.nowNanos() + rtt,
                () ->
                        loop.handle(
                                new CrawlInput.Datagram(
                                        asker, endpoint(node), ByteBuffer.wrap(bytes))));
    }

    private KrpcMessage answer(int node, KrpcQuery query) {
        return switch (query) {
            case KrpcQuery.FindNode(_, var target, _) ->
                    response(node, query, closest(node, target), List.of(), Extra.NONE);
            case KrpcQuery.SampleInfohashes(_, var target, _) -> {
                var holds = held.getOrDefault(node, List.of());
                var samples = new KrpcResponse.Samples(intervalSeconds, holds.size(), holds);
                yield response(node, query, closest(node, target), List.of(), samples);
            }
            case KrpcQuery.GetPeers get -> {
                boolean has = held.getOrDefault(node, List.of()).contains(get.infoHash());
                var peers =
                        has ? swarms.getOrDefault(get.infoHash(), List.of()) : List.<Endpoint>of();
                var filter = new AddressFilter();
                peers.forEach(peer -> filter.add(peer.address()));
                Extra extra =
                        has
                                ? new KrpcResponse.Scrape(
                                        filter.bytes(), new AddressFilter().bytes())
                                : Extra.NONE;
                yield response(node, query, closest(node, get.infoHash()), peers, extra);
            }
            case KrpcQuery other -> response(node, other, List.of(), List.of(), Extra.NONE);
        };
    }

    private KrpcResponse response(
            int node, KrpcQuery query, List<Contact> nodes, List<Endpoint> values, Extra extra) {
        return new KrpcResponse(
                query.transaction(),
                ids[node],
                nodes,
                values,
                ByteString.EMPTY,
                Optional.empty(),
                ByteString.EMPTY,
                extra);
    }

    private List<Contact> closest(int node, Id target) {
        var own = ids[node];
        int shared = Math.min(own.sharedPrefixBits(target), 63);
        var found = bucket(node, shared);
        for (int bit = shared + 1; bit < 64 && found.size() < BUCKET; bit++) {
            found.addAll(bucket(node, bit));
        }
        for (int bit = shared - 1; bit >= 0 && found.size() < BUCKET; bit--) {
            found.addAll(bucket(node, bit));
        }
        found.sort((a, b) -> target.compareDistance(ids[a], ids[b]));
        return found.stream().limit(BUCKET).map(this::contact).toList();
    }

    private List<Integer> bucket(int node, int bit) {
        var side = ids[node].flipped(bit);
        int from = position(side.prefixed(bit + 1, Id.ZERO));
        int end = position(side.prefixed(bit + 1, new Id(-1, -1, -1)));
        var found = new ArrayList<Integer>();
        if (end - from <= BUCKET) {
            for (int at = from; at < end; at++) {
                found.add(order[at]);
            }
            return found;
        }
        var lot = new SplittableRandom(seed ^ node * 0x9e3779b97f4a7c15L ^ (long) bit << 48);
        while (found.size() < BUCKET) {
            int drawn = order[from + lot.nextInt(end - from)];
            if (!found.contains(drawn)) {
                found.add(drawn);
            }
        }
        return found;
    }

    /// How many ids are smaller.
    private int position(Id id) {
        int at = Arrays.binarySearch(sorted, id);
        return at < 0 ? -at - 1 : at;
    }

    private List<Integer> closestLive(Id target, int count) {
        int at = position(target);
        int from = Math.max(0, at - 64);
        var near = new ArrayList<Integer>();
        for (int i = from; i < Math.min(order.length, at + 64); i++) {
            if (!isDead[order[i]]) {
                near.add(order[i]);
            }
        }
        near.sort((a, b) -> target.compareDistance(ids[a], ids[b]));
        return near.subList(0, Math.min(count, near.size()));
    }
}
