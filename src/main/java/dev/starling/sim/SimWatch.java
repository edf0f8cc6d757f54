package dev.starling.sim;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.sim.SimInvariant.Moment;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks every [SimInvariant] where it could have been broken, and remembers what that takes: who
/// has ever existed and who has ever announced what.
final class SimWatch {

    private static final SimInvariant[] SENDING = SimInvariant.at(Moment.SENDING);
    private static final SimInvariant[] TELLING = SimInvariant.at(Moment.TELLING);
    private static final SimInvariant[] TABLE = SimInvariant.at(Moment.TABLE);
    private static final SimInvariant[] STEP = SimInvariant.at(Moment.STEP);
    private static final SimInvariant[] STORING = SimInvariant.at(Moment.STORING);

    private final SimClock clock;
    private final String world;

    /// Ids that have been at an endpoint; more than one only where a node has changed its own.
    private final Map<Endpoint, Id> existed = new HashMap<>();

    private final Set<Contact> existedToo = new HashSet<>();

    /// Where someone lives who may call itself anything.
    private final Set<Endpoint> adversaries = new HashSet<>();

    private final Set<Announcement> announced = new HashSet<>();
    private final SimInvariant.Seen seen = new SimInvariant.Seen(this);
    private boolean isOn = true;
    private long checks;

    private record Announcement(Id infoHash, IpAddress address) {}

    /// @param world names the world in failures
    SimWatch(SimClock clock, String world) {
        this.clock = clock;
        this.world = world;
    }

    /// Checks nothing from now on, where only speed is measured.
    void off() {
        isOn = false;
    }

    /// Checks made so far.
    long checks() {
        return checks;
    }

    long nowNanos() {
        return clock.nowNanos();
    }

    /// A node is, or was before all began, at an endpoint under this id.
    void exists(Contact contact) {
        var before = existed.put(contact.endpoint(), contact.id());
        if (before != null && !before.equals(contact.id())) {
            existedToo.add(new Contact(before, contact.endpoint()));
        }
    }

    void isAdversary(Endpoint endpoint) {
        adversaries.add(endpoint);
    }

    boolean hasExisted(Contact contact) {
        return adversaries.contains(contact.endpoint())
                || contact.id().equals(existed.get(contact.endpoint()))
                || existedToo.contains(contact);
    }

    boolean hasExisted(Endpoint endpoint) {
        return existed.containsKey(endpoint);
    }

    void announces(Id infoHash, IpAddress address) {
        announced.add(new Announcement(infoHash, address));
    }

    boolean hasAnnounced(Id infoHash, IpAddress address) {
        return announced.contains(new Announcement(infoHash, address));
    }

    void sending(SimDhtNode node, Endpoint to, ByteBuffer datagram) {
        for (int i = 0; isOn && i < SENDING.length; i++) {
            judge(SENDING[i], node.endpoint(), SENDING[i].ofDatagram(node, to, datagram));
        }
    }

    void telling(SimDhtNode node, DhtEffect effect) {
        if (effect instanceof DhtEffect.IdChanged) {
            exists(node.contact());
        }
        for (int i = 0; isOn && i < TELLING.length; i++) {
            judge(TELLING[i], node.endpoint(), TELLING[i].ofTold(node, effect, this));
        }
    }

    void storing(Endpoint at, Id infoHash, Endpoint peer) {
        for (int i = 0; isOn && i < STORING.length; i++) {
            judge(STORING[i], at, STORING[i].ofAnnounce(infoHash, peer, this));
        }
    }

    void settled(SimDhtNode node) {
        for (int i = 0; isOn && i < STEP.length; i++) {
            judge(STEP[i], node.endpoint(), STEP[i].ofStep(node, this));
        }
        long changes = 0;
        var tables = node.node().tables();
        for (var table : tables) {
            changes += table.changes();
        }
        if (isOn && changes != node.progress().tableChanges) {
            node.progress().tableChanges = changes;
            for (var table : tables) {
                seen.clear();
                table.forEachMember(member -> checkMember(node, member));
            }
        }
    }

    private void checkMember(SimDhtNode node, Contact member) {
        for (var invariant : TABLE) {
            judge(invariant, node.endpoint(), invariant.ofTable(node, member, seen));
        }
    }

    private void judge(SimInvariant invariant, Endpoint where, Optional<String> broken) {
        checks++;
        if (broken.isPresent()) {
            throw violation(invariant.title(), where.toString(), broken.get());
        }
    }

    /// Says where and when, and in which world.
    SimViolation violation(String invariant, String where, String detail) {
        String when = SimText.seconds(clock.nowNanos());
        return new SimViolation(
                invariant, "at " + where + " after " + when + " of " + world, detail);
    }
}
