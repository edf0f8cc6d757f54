package dev.starling.bench.conformance;

import dev.starling.id.Id;
import java.util.Arrays;
import java.util.List;

/// Who becomes a contact and is handed out to others (BEP 5, "Routing Table"; BEP 43).
final class TableChecks {

    /// How many times the patience a newcomer waits to be asked something: a node may ask only so
    /// many at once, and wait for each to answer.
    private static final int GREETING = 50;

    private TableChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("5", "who asks and answers becomes a contact", TableChecks::becomes),
                new Check("5", "and is found by its own id", TableChecks::isFound),
                new Check("5", "and among the contacts of get_peers", TableChecks::isFoundByGet),
                new Check("5", "a newcomer that does not answer is no contact", TableChecks::mute),
                new Check("5", "an answer from another port counts for nothing", TableChecks::port),
                new Check(
                        "5", "an answer with another transaction id neither", TableChecks::forged),
                new Check("5", "who answers with another id is no contact", TableChecks::otherId),
                new Check("5", "who has our own id is no contact", TableChecks::ownId),
                new Check("5", "an invented answer makes no contact", TableChecks::unsolicited),
                new Check("5", "our own queries carry an id that stays", TableChecks::ownQueries),
                new Check("5", "their transaction ids are not to be guessed", TableChecks::random),
                new Check("43", "a read-only node becomes no contact", TableChecks::readOnly));
    }

    /// A new node that asks, answers what it is asked, and so becomes known.
    static Player introduce(Session s) throws CannotTell {
        var player = s.another();
        greet(player, s);
        return player;
    }

    private static void greet(Player player, Session s) throws CannotTell {
        player.ask(Packet.query("find_node").with("target", s.randomId()));
        for (int i = 0; i < GREETING && player.queries().isEmpty(); i++) {
            player.await(Reply::isQuery);
        }
        if (player.queries().isEmpty()) {
            throw CannotTell.skipped("newcomers are not asked at once");
        }
        player.await(_ -> false); // what else it is asked
    }

    private static Reply nodesNear(Session s, Id id) throws CannotTell {
        return s.me().ask(Packet.query("find_node").with("target", id));
    }

    private static Verdict becomes(Session s) throws CannotTell {
        var player = introduce(s);
        return Verdict.of(nodesNear(s, player.id()).names(player.id()), "it is not named");
    }

    private static Verdict isFound(Session s) throws CannotTell {
        var player = introduce(s);
        var compact = new byte[26];
        player.id().copyTo(compact, 0);
        player.endpoint().copyCompactTo(compact, Id.LENGTH_BYTES);
        var nodes = nodesNear(s, player.id()).nodes();
        boolean isWhole = nodes.stream().anyMatch(node -> Arrays.equals(node.toBytes(), compact));
        return Verdict.of(isWhole, "it is not named with its endpoint");
    }

    private static Verdict isFoundByGet(Session s) throws CannotTell {
        var player = introduce(s);
        var reply = s.me().ask(Packet.query("get_peers").with("info_hash", player.id()));
        return Verdict.of(reply.names(player.id()), "it is not named");
    }

    private static Verdict mute(Session s) throws CannotTell {
        var player = s.another();
        player.mute();
        greet(player, s);
        return unnamed(s, player.id());
    }

    private static Verdict port(Session s) throws CannotTell {
        var player = s.another();
        player.mute();
        greet(player, s);
        var beside = s.beside(player);
        for (var query : player.queries()) {
            beside.send(Player.answer(query, player.id()));
        }
        return unnamed(s, player.id());
    }

    private static Verdict forged(Session s) throws CannotTell {
        var player = s.another();
        player.mute();
        greet(player, s);
        for (int i = 0; i < 50; i++) {
            player.send(Player.answer(fakeQuery(player), player.id()));
        }
        return unnamed(s, player.id());
    }

    /// A query that was never sent, to be answered all the same.
    private static Reply fakeQuery(Player player) throws CannotTell {
        var packet = Packet.query("ping").encode(player.id(), player.newTransaction());
        return Reply.read(packet).orElseThrow(() -> CannotTell.failed("unreadable"));
    }

    private static Verdict otherId(Session s) throws CannotTell {
        var player = s.another();
        var first = player.id();
        player.mute();
        greet(player, s);
        var other = s.randomId();
        for (var query : player.queries()) {
            player.send(Player.answer(query, other));
        }
        return unnamed(s, first);
    }

    private static Verdict ownId(Session s) throws CannotTell {
        var own =
                s.me().ask(Packet.query("ping"))
                        .text("id")
                        .map(id -> Id.of(id.toBytes()))
                        .orElseThrow(() -> CannotTell.failed("no id"));
        var player = s.another();
        player.id(own);
        player.find(Packet.query("find_node").with("target", s.randomId()));
        player.await(_ -> false);
        return unnamed(s, own);
    }

    private static Verdict unsolicited(Session s) throws CannotTell {
        var player = s.another();
        player.mute();
        for (int i = 0; i < 20; i++) {
            player.send(Player.answer(fakeQuery(player), player.id()));
        }
        player.send(Session.latin("d1:rd2:id20:abcdefghij0123456789e1:t4:pn\0\1" + "1:y1:re"));
        player.await(_ -> false);
        var invented = Id.of(Session.latin("abcdefghij0123456789"));
        boolean isNamed = nodesNear(s, invented).names(invented);
        return isNamed ? new Verdict.Fails("it is named") : unnamed(s, player.id());
    }

    private static Verdict unnamed(Session s, Id id) throws CannotTell {
        s.me().await(_ -> false);
        return Verdict.of(!nodesNear(s, id).names(id), "it is named");
    }

    private static Verdict ownQueries(Session s) throws CannotTell {
        var id = s.me().ask(Packet.query("ping")).text("id");
        var player = introduce(s);
        var sender = player.queries().getFirst().root().dictionary("a").flatMap(a -> a.bytes("id"));
        return Verdict.of(id.isPresent() && id.equals(sender), sender);
    }

    private static Verdict random(Session s) throws CannotTell {
        var first = introduce(s).queries().getFirst().transaction();
        var second = introduce(s).queries().getFirst().transaction();
        return Verdict.of(
                first.lengthBytes() >= 2 && !first.equals(second),
                first.hex() + ", " + second.hex());
    }

    private static Verdict readOnly(Session s) throws CannotTell {
        var player = s.another();
        player.ask(Packet.query("ping").top("ro", 1));
        player.await(_ -> false);
        boolean isAsked = !player.queries().isEmpty();
        return isAsked ? new Verdict.Fails("it is asked") : unnamed(s, player.id());
    }
}
