package dev.starling.bench.conformance;

import dev.starling.bencode.ByteString;
import dev.starling.dht.AddressFilter;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Announces (BEP 5), counting swarms (BEP 33) and samples of infohashes (BEP 51).
final class PeerChecks {

    private static final int PROTOCOL_ERROR = 203;
    private static final int MANY = 50;
    private static final int MAX_INTERVAL_SECONDS = 21_600;

    private PeerChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("5", "announce_peer with its token is accepted", PeerChecks::accepted),
                new Check("5", "the peer is handed out with its port", PeerChecks::handedOut),
                new Check("5", "implied_port: the port it came from", PeerChecks::impliedPort),
                new Check("5", "announced twice, handed out once", PeerChecks::once),
                new Check(
                        "5",
                        "an announce without a token: error 203",
                        s -> refused(s, Optional.empty())),
                new Check(
                        "5",
                        "with an invented token: error 203",
                        s -> refused(s, Optional.of(ByteString.utf8("aoeusnth")))),
                new Check("5", "with another address's token: error 203", PeerChecks::stolen),
                new Check("5", "without a port: error 203", s -> without(s, "port")),
                new Check("5", "without an info_hash: error 203", s -> without(s, "info_hash")),
                new Check("5", "port 0 is not handed out", s -> badPort(s, 0)),
                new Check("5", "port 65536 is not handed out", s -> badPort(s, 65_536)),
                new Check("5", "a token is good for more than one announce", PeerChecks::reused),
                new Check("5", "values and contacts come together", PeerChecks::both),
                new Check("5", "of 100 peers an answer has 50 or so", PeerChecks::bounded),
                new Check("5", "in many answers every peer comes up", PeerChecks::fair),
                new Check("5", "an answer with peers passes every path", PeerChecks::fits),
                new Check("33", "scrape: both filters of 256 bytes", PeerChecks::filters),
                new Check("33", "scrape of the unknown: no filters", PeerChecks::noFilters),
                new Check("33", "the filters are those of the BEP", PeerChecks::exactFilters),
                new Check("33", "50 peers and 50 seeds are counted", PeerChecks::counted),
                new Check("33", "two ports of one address count once", PeerChecks::perAddress),
                new Check("33", "noseed leaves out seeds", PeerChecks::noSeed),
                new Check("33", "who becomes a seed is no longer a peer", PeerChecks::becomesSeed),
                new Check("33", "a scrape has a token and fits", PeerChecks::scrapeFits),
                new Check("51", "sample_infohashes is answered with samples", PeerChecks::samples),
                new Check("51", "interval is 0 to 21,600 seconds", PeerChecks::interval),
                new Check("51", "num is at least the number of samples", PeerChecks::number),
                new Check("51", "contacts come with them", PeerChecks::sampleContacts),
                new Check("51", "what was announced is counted", PeerChecks::isCounted),
                new Check("51", "within the interval the samples stay", PeerChecks::stays),
                new Check("51", "without a target: error 203", PeerChecks::noTarget));
    }

    private static Packet getPeers(Id infoHash) {
        return Packet.query("get_peers").with("info_hash", infoHash);
    }

    private static Verdict accepted(Session s) throws CannotTell {
        var reply = s.announce(s.me(), s.randomId(), 6_881, false);
        return Verdict.of(reply.isResponse(), reply);
    }

    private static Verdict handedOut(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 4_711, false);
        var values = s.me().ask(getPeers(infoHash)).values();
        return Verdict.of(
                values.size() == 1 && values.getFirst().port() == 4_711, "values " + values);
    }

    private static Verdict impliedPort(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.me().ask(
                        Packet.query("announce_peer")
                                .with("info_hash", infoHash)
                                .with("implied_port", 1)
                                .with("port", 1)
                                .with("token", s.token(s.me(), infoHash)));
        var values = s.me().ask(getPeers(infoHash)).values();
        return Verdict.of(
                values.size() == 1 && values.getFirst().port() == s.me().endpoint().port(),
                "values " + values);
    }

    private static Verdict once(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 4_711, false);
        s.announce(s.me(), infoHash, 4_711, true);
        var values = s.me().ask(getPeers(infoHash)).values();
        return Verdict.of(values.size() == 1, "values " + values);
    }

    private static Verdict refused(Session s, Optional<ByteString> token) throws CannotTell {
        var infoHash = s.randomId();
        var announce =
                Packet.query("announce_peer").with("info_hash", infoHash).with("port", 6_881);
        var reply = s.me().ask(token.isEmpty() ? announce : announce.with("token", token.get()));
        boolean isStored = !s.me().ask(getPeers(infoHash)).values().isEmpty();
        return Verdict.of(
                reply.isError(PROTOCOL_ERROR) && !isStored, reply + (isStored ? ", stored" : ""));
    }

    private static Verdict stolen(Session s) throws CannotTell {
        var infoHash = s.randomId();
        var token = s.token(s.me(), infoHash);
        var reply =
                s.another()
                        .ask(
                                Packet.query("announce_peer")
                                        .with("info_hash", infoHash)
                                        .with("port", 6_881)
                                        .with("token", token));
        return Verdict.of(reply.isError(PROTOCOL_ERROR), reply);
    }

    private static Verdict without(Session s, String argument) throws CannotTell {
        var infoHash = s.randomId();
        var reply =
                s.me().ask(
                                Packet.query("announce_peer")
                                        .with("info_hash", infoHash)
                                        .with("port", 6_881)
                                        .with("token", s.token(s.me(), infoHash))
                                        .without(argument));
        return Verdict.of(reply.isError(PROTOCOL_ERROR), reply);
    }

    private static Verdict badPort(Session s, int port) throws CannotTell {
        var infoHash = s.randomId();
        s.me().find(
                        Packet.query("announce_peer")
                                .with("info_hash", infoHash)
                                .with("port", port)
                                .with("token", s.token(s.me(), infoHash)));
        var values = s.me().ask(getPeers(infoHash)).values();
        return Verdict.of(
                values.stream().noneMatch(peer -> peer.port() == (port & 0xffff)), values);
    }

    private static Verdict reused(Session s) throws CannotTell {
        var infoHash = s.randomId();
        var token = s.token(s.me(), infoHash);
        var announce =
                Packet.query("announce_peer")
                        .with("info_hash", infoHash)
                        .with("port", 6_881)
                        .with("token", token);
        s.me().ask(announce);
        s.token(s.me(), infoHash);
        var reply = s.me().ask(announce.top("t", s.me().newTransaction()));
        return Verdict.of(reply.isResponse(), reply);
    }

    private static Verdict both(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 6_881, false);
        TableChecks.introduce(s);
        var reply = s.me().ask(getPeers(infoHash));
        return Verdict.of(!reply.values().isEmpty() && !reply.nodes().isEmpty(), reply);
    }

    /// An infohash with 50 peers and 50 seeds, each at an address of its own. All of them leave at
    /// once and so ask as read-only nodes: a hundred newcomers that are gone when they are pinged
    /// would keep the node from those that stay.
    private static Id swarm(Session s) throws CannotTell {
        var infoHash = s.randomId();
        for (int i = 0; i < 2 * MANY; i++) {
            try (var player = s.another()) {
                player.readOnly();
                var reply = s.announce(player, infoHash, 10_000 + i, i >= MANY);
                if (!reply.isResponse()) {
                    throw CannotTell.failed("an announce got " + reply);
                }
            }
        }
        return infoHash;
    }

    private static Verdict bounded(Session s) throws CannotTell {
        int count = s.me().ask(getPeers(swarm(s))).values().size();
        return Verdict.of(count >= 20 && count <= 100, count + " peers");
    }

    private static Verdict fair(Session s) throws CannotTell {
        var infoHash = swarm(s);
        var found = new HashSet<Endpoint>();
        for (int i = 0; i < 40; i++) {
            found.addAll(s.me().ask(getPeers(infoHash)).values());
        }
        return Verdict.of(found.size() >= 2 * MANY - 2, found.size() + " of 100");
    }

    private static Verdict fits(Session s) throws CannotTell {
        var reply = s.me().ask(getPeers(swarm(s)).with("want", List.of("n4", "n6")));
        return Verdict.of(
                reply.lengthBytes() <= QueryChecks.MAX_ANSWER_BYTES,
                reply.lengthBytes() + " bytes");
    }

    private static Reply scrape(Session s, Id infoHash) throws CannotTell {
        return s.me().ask(getPeers(infoHash).with("scrape", 1));
    }

    private static AddressFilter filter(Reply reply, String key) throws CannotTell {
        return reply.text(key)
                .flatMap(AddressFilter::of)
                .orElseThrow(() -> CannotTell.failed("no " + key + " in " + reply));
    }

    private static Verdict filters(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 6_881, false);
        var reply = scrape(s, infoHash);
        filter(reply, "BFpe");
        filter(reply, "BFsd");
        return new Verdict.Holds();
    }

    private static Verdict noFilters(Session s) throws CannotTell {
        var reply = scrape(s, s.randomId());
        return Verdict.of(reply.isResponse() && !reply.has("BFpe") && !reply.has("BFsd"), reply);
    }

    private static Verdict exactFilters(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 6_881, false);
        var expected = new AddressFilter();
        expected.add(s.me().endpoint().address());
        var reply = scrape(s, infoHash);
        boolean isEmpty = filter(reply, "BFsd").estimate() == 0;
        return Verdict.of(
                filter(reply, "BFpe").bytes().equals(expected.bytes()) && isEmpty, "other bits");
    }

    private static Verdict counted(Session s) throws CannotTell {
        var reply = scrape(s, swarm(s));
        double peers = filter(reply, "BFpe").estimate();
        double seeds = filter(reply, "BFsd").estimate();
        return Verdict.of(
                Math.abs(peers - MANY) <= 3 && Math.abs(seeds - MANY) <= 3,
                "%.1f peers, %.1f seeds".formatted(peers, seeds));
    }

    private static Verdict perAddress(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 1_000, false);
        s.announce(s.me(), infoHash, 2_000, false);
        double count = filter(scrape(s, infoHash), "BFpe").estimate();
        return Verdict.of(Math.round(count) == 1, count);
    }

    private static Verdict noSeed(Session s) throws CannotTell {
        var infoHash = swarm(s);
        var values = s.me().ask(getPeers(infoHash).with("noseed", 1)).values();
        return Verdict.of(
                !values.isEmpty() && values.stream().allMatch(peer -> peer.port() < 10_000 + MANY),
                values.size() + " peers with seeds among them");
    }

    private static Verdict becomesSeed(Session s) throws CannotTell {
        var infoHash = s.randomId();
        s.announce(s.me(), infoHash, 6_881, false);
        s.announce(s.me(), infoHash, 6_881, true);
        var reply = scrape(s, infoHash);
        return Verdict.of(
                filter(reply, "BFpe").estimate() == 0
                        && Math.round(filter(reply, "BFsd").estimate()) == 1,
                "still counted as a peer");
    }

    private static Verdict scrapeFits(Session s) throws CannotTell {
        var reply =
                s.me().ask(getPeers(swarm(s)).with("scrape", 1).with("want", List.of("n4", "n6")));
        filter(reply, "BFpe");
        return Verdict.of(
                reply.has("token") && reply.lengthBytes() <= QueryChecks.MAX_ANSWER_BYTES,
                reply.lengthBytes() + " bytes");
    }

    private static Reply sample(Session s) throws CannotTell {
        var reply = s.me().ask(Packet.query("sample_infohashes").with("target", s.randomId()));
        if (!reply.has("samples")) {
            throw CannotTell.failed("no samples in " + reply);
        }
        return reply;
    }

    private static Verdict samples(Session s) throws CannotTell {
        int length = sample(s).text("samples").orElse(ByteString.EMPTY).lengthBytes();
        return Verdict.of(length % Id.LENGTH_BYTES == 0, length + " bytes");
    }

    private static Verdict interval(Session s) throws CannotTell {
        var interval = sample(s).number("interval");
        return Verdict.of(
                interval.isPresent()
                        && interval.getAsLong() >= 0
                        && interval.getAsLong() <= MAX_INTERVAL_SECONDS,
                interval);
    }

    private static Verdict number(Session s) throws CannotTell {
        var reply = sample(s);
        int samples = reply.text("samples").orElse(ByteString.EMPTY).lengthBytes() / 20;
        var number = reply.number("num");
        return Verdict.of(number.isPresent() && number.getAsLong() >= samples, number);
    }

    private static Verdict sampleContacts(Session s) throws CannotTell {
        TableChecks.introduce(s);
        var reply = sample(s);
        return Verdict.of(reply.has("nodes") || reply.has("nodes6"), reply);
    }

    private static Verdict isCounted(Session s) throws CannotTell {
        var infoHash = s.randomId();
        long before = sample(s).number("num").orElse(0);
        s.announce(s.me(), infoHash, 6_881, false);
        long after = sample(s).number("num").orElse(0);
        return Verdict.of(after == before + 1, before + " before, " + after + " after");
    }

    private static Verdict stays(Session s) throws CannotTell {
        for (int i = 0; i < 60; i++) {
            s.announce(s.me(), s.randomId(), 6_881, false);
        }
        var first = sample(s);
        var second = sample(s);
        boolean mayDiffer = first.number("interval").orElse(0) == 0;
        return Verdict.of(
                mayDiffer || first.text("samples").equals(second.text("samples")),
                "other samples at once");
    }

    private static Verdict noTarget(Session s) throws CannotTell {
        var reply = s.me().ask(Packet.query("sample_infohashes"));
        return Verdict.of(reply.isError(PROTOCOL_ERROR), reply);
    }
}
