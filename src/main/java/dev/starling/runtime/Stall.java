package dev.starling.runtime;

import dev.starling.swarm.SwarmStatus;
import java.util.Optional;

/// Why a download does not go on, and what would help.
record Stall(String reason, String hint) {

    /// What is known of a download that has received nothing for a while.
    record Facts(
            SwarmStatus swarm, Download.DhtProgress search, DhtHealth dht, boolean isPrivate) {}

    /// The first link of the chain that is broken; empty while everything may still go well.
    static Optional<Stall> of(Facts facts) {
        var swarm = facts.swarm();
        return switch (swarm.stage()) {
            case FETCHING_METADATA, DOWNLOADING ->
                    swarm.peersConnected() > 0 ? amongPeers(swarm) : alone(facts);
            case OPENING_STORAGE, STORAGE_STALLED, SEEDING, STOPPED -> Optional.empty();
        };
    }

    private static Optional<Stall> amongPeers(SwarmStatus swarm) {
        int peers = swarm.peersConnected();
        if (swarm.stage() == SwarmStatus.Stage.FETCHING_METADATA) {
            return stall(
                    count(peers, "peer") + " connected, none of which sends the torrent's metadata",
                    "They may not have it themselves yet; other peers are looked for.");
        }
        if (swarm.peersUnchokingUs() == 0) {
            return stall(
                    count(peers, "peer") + " connected, none of which lets us download now",
                    "Each serves some peers at a time; our turn comes.");
        }
        if (swarm.seedsConnected() == 0) {
            return stall(
                    count(peers, "peer") + " connected, none of which has the pieces still missing",
                    "A peer who has everything is needed; it is looked for.");
        }
        return stall(
                "nothing comes from the " + count(peers, "connected peer"),
                "Check the network; other peers are looked for.");
    }

    private static Optional<Stall> alone(Facts facts) {
        var swarm = facts.swarm();
        int unreachable = swarm.peersUnreachable();
        if (swarm.peersKnown() > 0 && unreachable > 0) {
            return stall(
                    count(swarm.peersKnown(), "peer")
                            + " found, none reachable ("
                            + unreachable
                            + " tried)",
                    "They may be offline or behind a firewall; they are tried again and others"
                            + " looked for.");
        }
        if (facts.isPrivate()) {
            return stall(
                    "the torrent is private, so its peers may not be looked for in the DHT",
                    "Name a peer with --peer HOST:PORT.");
        }
        return withoutPeers(facts);
    }

    private static Optional<Stall> withoutPeers(Facts facts) {
        var dht = facts.dht();
        if (dht.isBroken()) {
            return stall(
                    "the DHT node has stopped by a mistake of its own",
                    "Start again; the log tells more.");
        }
        if (!dht.hasJoined()) {
            return notJoined(dht);
        }
        int lookups = facts.search().lookups();
        if (facts.search().peersFound() == 0 && lookups > 0) {
            return stall(
                    "no peers found in " + count(lookups, "search", "searches") + " of the DHT",
                    "Someone who has it must be online; it is looked for again and again.");
        }
        return Optional.empty();
    }

    private static Optional<Stall> notJoined(DhtHealth dht) {
        if (!dht.unresolved().isEmpty() && dht.asked() == 0) {
            return stall(
                    "no name server knows " + String.join(", ", dht.unresolved()),
                    "Check the network, or give a node's address with --bootstrap HOST:PORT.");
        }
        if (dht.isStalled()) {
            return stall(
                    "no bootstrap node answered (" + dht.asked() + " asked)",
                    "Check the network and that UDP is let through, or give a node with"
                            + " --bootstrap HOST:PORT.");
        }
        return Optional.empty();
    }

    private static Optional<Stall> stall(String reason, String hint) {
        return Optional.of(new Stall(reason, hint));
    }

    private static String count(int number, String word) {
        return count(number, word, word + "s");
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
