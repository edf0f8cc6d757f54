package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The swarms that one zone's nodes have told of. Bounded; confined to its zone.
final class Swarms {

    /// In all zones; two hundred zones have some thousand each. Those who invent infohashes get no
    /// further.
    static final int MAX_SWARMS = 262_144;

    /// Nodes that are asked about one swarm.
    static final int SOURCES = 3;

    private final Zone zone;
    private final Circumstances world;
    private final Map<Id, SwarmCount> swarms = new LinkedHashMap<>();

    /// Infohashes that want peers or a count though nobody has sighted them yet.
    private final Map<Id, Verdict> wanted = new LinkedHashMap<>();

    private int open;
    private boolean isClosing;

    Swarms(Zone zone, Circumstances world) {
        this.zone = zone;
        this.world = world;
    }

    void want(CrawlInput.Lead lead) {
        wanted.put(lead.infoHash(), lead.verdict());
    }

    /// A node holds peers of this infohash.
    void sighted(Id infoHash, Contact reporter, Turn turn) {
        world.tally().sightings++;
        var swarm = swarms.get(infoHash);
        if (swarm == null) {
            if (world.tally().swarmsHeld >= MAX_SWARMS) {
                return;
            }
            swarm = open(infoHash);
            swarm.reported(reporter, turn);
            if (isClosing) {
                swarm.finish(turn);
            }
            turn.emit(new CrawlEffect.Sighted(zone, infoHash, reporter));
        } else {
            swarm.reported(reporter, turn);
        }
    }

    void judged(Id infoHash, Verdict verdict, Turn turn) {
        var swarm = swarms.get(infoHash);
        if (swarm != null && !swarm.isJudged()) {
            wanted.remove(infoHash);
            if (verdict == Verdict.NEW) {
                world.tally().infoHashes++;
            }
            swarm.judge(verdict, turn);
        }
    }

    /// The nodes of the zone are known now: asks those closest about what is still unclear.
    ///
    /// @param nodes that answered
    void close(List<Contact> nodes, Turn turn) {
        isClosing = true;
        wanted.forEach((infoHash, verdict) -> {
            if (!swarms.containsKey(infoHash) && world.tally().swarmsHeld < MAX_SWARMS) {
                open(infoHash).judge(verdict, turn);
            }
        });
        wanted.clear();
        for (var swarm : new ArrayList<>(swarms.values())) {
            if (swarm.sources() < SOURCES && !swarm.isClosed()) {
                closest(swarm.infoHash(), nodes).forEach(node -> swarm.reported(node, turn));
            }
            swarm.finish(turn);
        }
    }

    private SwarmCount open(Id infoHash) {
        var swarm = new SwarmCount(infoHash, world, this::closed);
        swarms.put(infoHash, swarm);
        world.tally().swarmsHeld++;
        open++;
        return swarm;
    }

    private void closed() {
        open--;
    }

    boolean isDone() {
        return open == 0;
    }

    /// Goes on with an infohash that an earlier run had sighted at these nodes.
    void resume(Id infoHash, List<Contact> reporters, Turn turn) {
        if (world.tally().swarmsHeld < MAX_SWARMS && !swarms.containsKey(infoHash)) {
            var swarm = open(infoHash);
            swarm.judge(Verdict.NEW, turn);
            reporters.forEach(reporter -> swarm.reported(reporter, turn));
            swarm.finish(turn);
        }
    }

    /// Forgets what is done with, once that is most of it.
    void forgetMany() {
        if (swarms.size() > 2 * open) {
            forget();
        }
    }

    /// Forgets what is done with.
    void forget() {
        world.tally().swarmsHeld -= swarms.size() - open;
        swarms.values().removeIf(SwarmCount::isClosed);
    }

    private static List<Contact> closest(Id target, List<Contact> nodes) {
        var best = new ArrayList<Contact>(SOURCES + 1);
        for (var node : nodes) {
            int at = best.size();
            while (at > 0 && target.compareDistance(node.id(), best.get(at - 1).id()) < 0) {
                at--;
            }
            if (at < SOURCES) {
                best.add(at, node);
                if (best.size() > SOURCES) {
                    best.removeLast();
                }
            }
        }
        return best;
    }
}
