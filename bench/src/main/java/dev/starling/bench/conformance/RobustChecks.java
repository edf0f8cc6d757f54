package dev.starling.bench.conformance;

import java.util.List;

/// What must not trouble a node: broken, huge and senseless datagrams.
final class RobustChecks {

    private static final String ID = "2:id20:abcdefghij0123456789";

    private RobustChecks() {}

    static List<Check> all() {
        return List.of(
                ignored("an empty datagram", ""),
                ignored("20 bytes", "d1:ad2:id20:abcdefgh"),
                ignored("what does not begin with d", "x" + "y".repeat(60)),
                ignored("what does not end with e", "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y1:q"),
                ignored("a list", "l1:ad" + ID + "e1:q4:ping1:t2:aa1:y1:qe"),
                ignored("no y", "d1:ad" + ID + "e1:q4:ping1:t2:aae"),
                ignored("an unknown y", "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y1:ze"),
                ignored("an answer to nothing", "d1:rd" + ID + "e1:t4:pn\0\1" + "1:y1:re"),
                ignored("an error to nothing", "d1:eli201e3:bade1:t2:aa1:y1:ee"),
                ignored("an error whose e is a number", "d1:ei7e1:t2:aa1:y1:ee" + "e".repeat(9)),
                ignored("an error whose e is empty", "d1:ele1:t20:abcdefghij01234567891:y1:ee"),
                ignored(
                        "a string longer than the datagram",
                        "d1:t999999999:aa1:y1:qe" + "e".repeat(9)),
                ignored("a string of negative length", "d1:t-2:aa1:q4:ping1:y1:qe" + "e".repeat(9)),
                survived("no arguments at all (ping)", "d1:q4:ping1:t2:aa1:y1:qe"),
                survived("no arguments at all (put)", "d1:q3:put1:t2:aa1:y1:q2:zz2:zze"),
                survived(
                        "no arguments at all (announce_peer)",
                        "d1:q13:announce_peer1:t2:aa1:y1:qe"),
                survived("arguments that are a list", "d1:ale1:q4:ping1:t2:aa1:y1:qe"),
                survived(
                        "a thousand nested lists",
                        "d1:a" + "l".repeat(1_000) + "e".repeat(1_000) + "1:q4:ping1:t2:aa1:y1:qe"),
                survived(
                        "ten thousand values",
                        "d1:ad"
                                + ID
                                + "4:wantl"
                                + "1:x".repeat(10_000)
                                + "ee1:q4:ping1:t2:aa1:y1:qe"),
                survived(
                        "an integer beyond 64 bits",
                        "d1:ad" + ID + "4:porti99999999999999999999999ee1:q4:ping1:t2:aa1:y1:qe"),
                survived(
                        "a transaction id of 1,000 bytes",
                        "d1:ad" + ID + "e1:q4:ping1:t1000:" + "t".repeat(1_000) + "1:y1:qe"),
                survived("a datagram of 60,000 bytes", "d1:x60000:" + "x".repeat(60_000) + "e"),
                new Check("robust", "random bytes trouble nobody", RobustChecks::noise),
                new Check(
                        "robust", "a query with one byte changed, 500 times", RobustChecks::flips),
                new Check("robust", "a burst of 200 pings is answered", RobustChecks::burst));
    }

    private static Check ignored(String what, String datagram) {
        return new Check(
                "robust",
                "silence on " + what,
                s ->
                        Verdict.of(
                                s.me().isIgnored(Session.latin(datagram)) && s.isAlive(),
                                "an answer"));
    }

    private static Check survived(String what, String datagram) {
        return new Check(
                "robust",
                "survives " + what,
                s -> {
                    s.me().send(Session.latin(datagram));
                    return Verdict.of(s.isAlive(), "no longer answers");
                });
    }

    private static Verdict noise(Session s) {
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[s.random().nextInt(1, 400)];
            s.random().nextBytes(bytes);
            bytes[0] = 'd';
            bytes[bytes.length - 1] = 'e';
            s.me().send(bytes);
        }
        return Verdict.of(s.isAlive(), "no longer answers");
    }

    private static Verdict flips(Session s) {
        byte[] query =
                Session.latin(
                        "d1:ad"
                                + ID
                                + "9:info_hash20:mnopqrstuvwxyz1234564:porti6881e"
                                + "5:token8:aoeusnthe1:q13:announce_peer1:t2:aa1:y1:qe");
        for (int i = 0; i < 500; i++) {
            byte[] flipped = query.clone();
            flipped[s.random().nextInt(flipped.length)] = (byte) s.random().nextInt(256);
            s.me().send(flipped);
        }
        return Verdict.of(s.isAlive(), "no longer answers");
    }

    private static Verdict burst(Session s) throws CannotTell {
        var player = s.another();
        for (int i = 0; i < 200; i++) {
            player.send(Packet.query("ping").encode(player.id(), player.newTransaction()));
        }
        int answers = 0;
        while (player.await(Reply::isResponse).isPresent()) {
            answers++;
        }
        return Verdict.of(answers == 200, answers + " of 200");
    }
}
