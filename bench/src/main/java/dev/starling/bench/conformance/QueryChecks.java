package dev.starling.bench.conformance;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// Pings and searches (BEP 5), both families of contacts (BEP 32), what answers say of the asker
/// (BEP 42).
final class QueryChecks {

    /// k of BEP 5.
    private static final int BUCKET_SIZE = 8;

    /// What an Ethernet frame carries without being broken, less IP and UDP headers.
    static final int MAX_ANSWER_BYTES = 1_472;

    private static final int PROTOCOL_ERROR = 203;
    private static final int METHOD_UNKNOWN = 204;

    private QueryChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("5", "ping is answered", s -> answered(s, Packet.query("ping"))),
                new Check("5", "a transaction id of 1 byte is echoed", s -> echoes(s, 1)),
                new Check("5", "one of 2 bytes", s -> echoes(s, 2)),
                new Check("5", "one of 20 bytes", s -> echoes(s, 20)),
                new Check("5", "the answer has an id of 20 bytes", QueryChecks::hasId),
                new Check("5", "the same id in every answer", QueryChecks::sameId),
                new Check("5", "the same id to other addresses", QueryChecks::sameIdToOthers),
                new Check("5", "find_node is answered", s -> answered(s, findNode(s))),
                new Check("5", "find_node: nodes are whole contacts", QueryChecks::wholeContacts),
                new Check("5", "find_node: 8 contacts of a family at most", QueryChecks::fewNodes),
                new Check("5", "find_node: no contact twice", QueryChecks::distinctNodes),
                new Check("5", "get_peers is answered with a token", QueryChecks::givesToken),
                new Check("5", "get_peers for the unknown has no values", QueryChecks::noValues),
                new Check(
                        "5",
                        "unknown query without target: error 204",
                        s -> isError(s, Packet.query("xyzzy"), METHOD_UNKNOWN)),
                new Check(
                        "5",
                        "unknown query with target: answered as find_node",
                        s -> answered(s, Packet.query("xyzzy").with("target", s.randomId()))),
                new Check(
                        "5",
                        "unknown query with info_hash: answered as find_node",
                        s -> answered(s, Packet.query("xyzzy").with("info_hash", s.randomId()))),
                refused("ping without id", _ -> Packet.query("ping").without("id")),
                refused("ping, id of 19 bytes", _ -> Packet.query("ping").with("id", bytes(19))),
                refused("ping, id a number", _ -> Packet.query("ping").with("id", 7)),
                refused("find_node without target", _ -> Packet.query("find_node")),
                refused(
                        "find_node, target of 19 bytes",
                        _ -> Packet.query("find_node").with("target", bytes(19))),
                refused("get_peers without info_hash", _ -> Packet.query("get_peers")),
                refused(
                        "get_peers, info_hash of 21 bytes",
                        _ -> Packet.query("get_peers").with("info_hash", bytes(21))),
                refused("query without q", _ -> Packet.query("ping").withoutTop("q")),
                new Check("5", "errors echo the transaction id", QueryChecks::errorEchoes),
                new Check("5", "a version in v does no harm", QueryChecks::versionIsHarmless),
                new Check("32", "no want: contacts of the asker's family", QueryChecks::noWant),
                new Check("32", "want n4: no nodes6", s -> want(s, List.of("n4"), true, false)),
                new Check("32", "want n6: no nodes", s -> want(s, List.of("n6"), false, true)),
                new Check("32", "want n4 and n6: answered", s -> want(s, List.of("n4", "n6"))),
                new Check("32", "want of unknown families: answered", s -> want(s, List.of("n9"))),
                new Check("32", "want that is no list: answered", QueryChecks::oddWant),
                new Check("42", "answers say where the asker is seen", QueryChecks::seen),
                new Check("42", "errors say so too", QueryChecks::seenInErrors),
                new Check("42", "the port is right for each socket", QueryChecks::seenPort),
                new Check("43", "a read-only node is answered", QueryChecks::readOnly));
    }

    private static Check refused(String what, Function<Session, Packet> packet) {
        return new Check(
                "5", what + ": error 203", s -> isError(s, packet.apply(s), PROTOCOL_ERROR));
    }

    private static ByteString bytes(int count) {
        return ByteString.of(new byte[count]);
    }

    private static Packet findNode(Session s) {
        return Packet.query("find_node").with("target", s.randomId());
    }

    private static Verdict answered(Session s, Packet packet) throws CannotTell {
        var reply = s.me().ask(packet);
        return Verdict.of(reply.isResponse(), reply);
    }

    private static Verdict isError(Session s, Packet packet, int code) throws CannotTell {
        var reply = s.me().ask(packet);
        return Verdict.of(reply.isError(code), reply);
    }

    private static Verdict echoes(Session s, int length) throws CannotTell {
        byte[] bytes = new byte[length];
        s.random().nextBytes(bytes);
        var reply = s.me().ask(Packet.query("ping").top("t", ByteString.of(bytes)));
        return Verdict.of(reply.isResponse(), reply);
    }

    private static Verdict hasId(Session s) throws CannotTell {
        var id = s.me().ask(Packet.query("ping")).text("id");
        return Verdict.of(id.isPresent() && id.get().lengthBytes() == Id.LENGTH_BYTES, id);
    }

    private static Verdict sameId(Session s) throws CannotTell {
        var first = s.me().ask(Packet.query("ping")).text("id");
        var second = s.me().ask(findNode(s)).text("id");
        return Verdict.of(first.equals(second), first + ", " + second);
    }

    private static Verdict sameIdToOthers(Session s) throws CannotTell {
        var first = s.me().ask(Packet.query("ping")).text("id");
        var second = s.another().ask(Packet.query("ping")).text("id");
        return Verdict.of(first.equals(second), first + ", " + second);
    }

    private static Verdict wholeContacts(Session s) throws CannotTell {
        var nodes = s.me().ask(findNode(s)).text("nodes").orElse(ByteString.EMPTY);
        return Verdict.of(nodes.lengthBytes() % 26 == 0, nodes.lengthBytes() + " bytes");
    }

    private static Verdict fewNodes(Session s) throws CannotTell {
        int count = s.me().ask(findNode(s)).nodes().size();
        return Verdict.of(count <= BUCKET_SIZE, count + " contacts");
    }

    private static Verdict distinctNodes(Session s) throws CannotTell {
        var nodes = s.me().ask(findNode(s)).nodes();
        return Verdict.of(new HashSet<>(nodes).size() == nodes.size(), nodes.size());
    }

    private static Verdict givesToken(Session s) throws CannotTell {
        return Verdict.of(!s.token(s.me(), s.randomId()).isEmpty(), "an empty token");
    }

    private static Verdict noValues(Session s) throws CannotTell {
        var reply = s.me().ask(Packet.query("get_peers").with("info_hash", s.randomId()));
        return Verdict.of(reply.isResponse() && reply.values().isEmpty(), reply);
    }

    private static Verdict errorEchoes(Session s) throws CannotTell {
        var transaction = ByteString.utf8("error-echo");
        var reply = s.me().ask(Packet.query("find_node").top("t", transaction));
        return Verdict.of(reply.isError(), reply);
    }

    private static Verdict versionIsHarmless(Session s) throws CannotTell {
        var reply = s.me().ask(Packet.query("ping").top("v", "XX01"));
        return Verdict.of(reply.isResponse(), reply);
    }

    private static Verdict noWant(Session s) throws CannotTell {
        var reply = s.me().ask(findNode(s));
        boolean holds = s.target().isV4() ? !reply.has("nodes6") : !reply.has("nodes");
        return Verdict.of(reply.isResponse() && holds, reply);
    }

    private static Verdict want(Session s, List<String> families) throws CannotTell {
        return answered(s, findNode(s).with("want", families));
    }

    private static Verdict want(Session s, List<String> families, boolean v4, boolean v6)
            throws CannotTell {
        var reply = s.me().ask(findNode(s).with("want", families));
        boolean holds = (v4 || !reply.has("nodes")) && (v6 || !reply.has("nodes6"));
        return Verdict.of(reply.isResponse() && holds, reply);
    }

    private static Verdict oddWant(Session s) throws CannotTell {
        return answered(s, findNode(s).with("want", 6));
    }

    private static Verdict seen(Session s) throws CannotTell {
        return sees(s.me(), s.me().ask(Packet.query("ping")));
    }

    private static Verdict seenInErrors(Session s) throws CannotTell {
        var reply = s.me().ask(Packet.query("find_node"));
        return reply.isError() ? sees(s.me(), reply) : new Verdict.Fails(reply.toString());
    }

    private static Verdict seenPort(Session s) throws CannotTell {
        var beside = s.beside(s.me());
        return sees(beside, beside.ask(Packet.query("ping")));
    }

    /// Whether `ip`, beside the answer's dictionary, is where the player is.
    private static Verdict sees(Player player, Reply reply) {
        var endpoint = player.endpoint();
        byte[] expected = new byte[endpoint.compactLengthBytes()];
        endpoint.copyCompactTo(expected, 0);
        var ip = reply.root().bytes("ip");
        boolean isKnown = !endpoint.address().isUnspecified();
        return Verdict.of(
                ip.isPresent()
                        && (isKnown
                                ? ip.get().equals(ByteString.of(expected))
                                : ip.get().lengthBytes() == expected.length),
                ip.isEmpty() ? "no ip" : ip.get().hex());
    }

    private static Verdict readOnly(Session s) throws CannotTell {
        var reply = s.me().ask(Packet.query("ping").top("ro", 1));
        return Verdict.of(reply.isResponse(), reply);
    }
}
