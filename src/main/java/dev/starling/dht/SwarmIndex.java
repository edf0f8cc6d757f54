package dev.starling.dht;

import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The infohashes of a peer store: found by a keyed hash, so that nobody can choose many that
/// collide; lined up by their latest announce; and numbered, so that some can be drawn.
///
/// The links are fields of [AnnouncedPeers] itself: of a million infohashes most have one peer, and
/// a map's entries and keys would take more than they. Confined to its owner.
final class SwarmIndex {

    private static final int FIRST_SLOTS = 16;

    private final SipHash hash;
    private @Nullable AnnouncedPeers[] slots = new AnnouncedPeers[FIRST_SLOTS];
    private @Nullable AnnouncedPeers[] numbered = new AnnouncedPeers[FIRST_SLOTS];
    private int count;
    private @Nullable AnnouncedPeers oldest;
    private @Nullable AnnouncedPeers newest;

    SwarmIndex(SipHash hash) {
        this.hash = hash;
    }

    int count() {
        return count;
    }

    /// The swarm announced least recently.
    @Nullable AnnouncedPeers oldest() {
        return oldest;
    }

    /// The swarm of this number, from 0 to [#count].
    AnnouncedPeers at(int number) {
        var swarm = numbered[number];
        if (swarm == null) {
            throw new IllegalStateException("swarm " + number + " of " + count + " is missing");
        }
        return swarm;
    }

    @Nullable AnnouncedPeers find(Id infoHash) {
        var swarm = slots[slot(infoHash)];
        while (swarm != null && !swarm.infoHash().equals(infoHash)) {
            swarm = swarm.nextOfHash;
        }
        return swarm;
    }

    /// Adds one that is not there yet, as the newest.
    AnnouncedPeers add(Id infoHash) {
        if (count == slots.length) {
            grow();
        }
        var swarm = new AnnouncedPeers(infoHash);
        link(swarm);
        swarm.place = count;
        numbered[count++] = swarm;
        append(swarm);
        return swarm;
    }

    /// Makes a swarm the newest.
    void touch(AnnouncedPeers swarm) {
        if (swarm != newest) {
            detach(swarm);
            append(swarm);
        }
    }

    void remove(AnnouncedPeers swarm) {
        detach(swarm);
        unlink(swarm);
        count--;
        var last = at(count);
        numbered[swarm.place] = last;
        last.place = swarm.place;
        numbered[count] = null;
    }

    /// Lines all up anew.
    void sort(Comparator<AnnouncedPeers> order) {
        var all = new ArrayList<AnnouncedPeers>(count);
        for (int i = 0; i < count; i++) {
            all.add(at(i));
        }
        all.sort(order);
        oldest = null;
        newest = null;
        all.forEach(this::append);
    }

    /// At most `limit` infohashes, each as likely as any other (Floyd's algorithm).
    List<Id> sample(int limit, RandomGenerator random) {
        int drawn = Math.min(limit, count);
        var chosen = new ArrayList<Id>(drawn);
        for (int i = count - drawn; i < count; i++) {
            var infoHash = at(random.nextInt(i + 1)).infoHash();
            chosen.add(chosen.contains(infoHash) ? at(i).infoHash() : infoHash);
        }
        return chosen;
    }

    private int slot(Id infoHash) {
        long hashed = hash.hash(infoHash.high(), infoHash.middle() ^ infoHash.low());
        return (int) hashed & (slots.length - 1);
    }

    private void link(AnnouncedPeers swarm) {
        int slot = slot(swarm.infoHash());
        swarm.nextOfHash = slots[slot];
        slots[slot] = swarm;
    }

    private void unlink(AnnouncedPeers swarm) {
        int slot = slot(swarm.infoHash());
        var before = slots[slot];
        if (before == swarm) {
            slots[slot] = swarm.nextOfHash;
            return;
        }
        while (before != null && before.nextOfHash != swarm) {
            before = before.nextOfHash;
        }
        if (before == null) {
            throw new IllegalStateException(swarm.infoHash() + " is not indexed");
        }
        before.nextOfHash = swarm.nextOfHash;
    }

    private void append(AnnouncedPeers swarm) {
        swarm.older = newest;
        swarm.newer = null;
        if (newest == null) {
            oldest = swarm;
        } else {
            newest.newer = swarm;
        }
        newest = swarm;
    }

    private void detach(AnnouncedPeers swarm) {
        if (swarm.older == null) {
            oldest = swarm.newer;
        } else {
            swarm.older.newer = swarm.newer;
        }
        if (swarm.newer == null) {
            newest = swarm.older;
        } else {
            swarm.newer.older = swarm.older;
        }
    }

    private void grow() {
        slots = new AnnouncedPeers[2 * slots.length];
        numbered = Arrays.copyOf(numbered, slots.length);
        for (int i = 0; i < count; i++) {
            link(at(i));
        }
    }
}
