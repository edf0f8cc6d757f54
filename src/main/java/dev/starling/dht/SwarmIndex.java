package dev.starling.dht;

import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The infohashes of a peer store: numbered, so that some can be drawn; found by a keyed hash, so
/// that nobody can choose many that collide; and lined up by their latest announce.
///
/// Chains and line are arrays of numbers and not of references: of a million infohashes most have
/// one peer, and a map's entries and keys would take more than they; and a reference written into
/// an old object is work for the garbage collector, a number is not. Confined to its owner.
final class SwarmIndex {

    private static final int FIRST_PLACES = 16;
    private static final int NONE = -1;

    private final SipHash hash;
    private @Nullable AnnouncedPeers[] swarms = new AnnouncedPeers[FIRST_PLACES];
    private int count;

    /// The first swarm of each hash, and the next of each swarm.
    private int[] firstOfHash = empty(FIRST_PLACES);

    private int[] nextOfHash = empty(FIRST_PLACES);

    /// The neighbours of each swarm in the line.
    private int[] older = empty(FIRST_PLACES);

    private int[] newer = empty(FIRST_PLACES);
    private int oldest = NONE;
    private int newest = NONE;

    SwarmIndex(SipHash hash) {
        this.hash = hash;
    }

    private static int[] empty(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, NONE);
        return numbers;
    }

    int count() {
        return count;
    }

    /// The swarm announced least recently.
    @Nullable AnnouncedPeers oldest() {
        return oldest == NONE ? null : at(oldest);
    }

    /// The swarm of this number, from 0 to [#count].
    AnnouncedPeers at(int number) {
        var swarm = swarms[number];
        if (swarm == null) {
            throw new IllegalStateException("swarm " + number + " of " + count + " is missing");
        }
        return swarm;
    }

    @Nullable AnnouncedPeers find(Id infoHash) {
        int number = firstOfHash[slot(infoHash)];
        while (number != NONE) {
            var swarm = at(number);
            if (swarm.infoHash().equals(infoHash)) {
                return swarm;
            }
            number = nextOfHash[number];
        }
        return null;
    }

    /// Adds one that is not there yet, as the newest.
    AnnouncedPeers add(Id infoHash) {
        if (count == swarms.length) {
            grow();
        }
        var swarm = new AnnouncedPeers(infoHash);
        swarm.number = count;
        swarms[count++] = swarm;
        link(swarm.number);
        append(swarm.number);
        return swarm;
    }

    /// Makes a swarm the newest.
    void touch(AnnouncedPeers swarm) {
        if (swarm.number != newest) {
            detach(swarm.number);
            append(swarm.number);
        }
    }

    /// Removes one; the last takes over its number.
    void remove(AnnouncedPeers swarm) {
        int freed = swarm.number;
        detach(freed);
        unlink(freed, nextOfHash[freed]);
        int last = --count;
        if (freed != last) {
            unlink(last, freed);
            nextOfHash[freed] = nextOfHash[last];
            renumberInLine(last, freed);
            at(last).number = freed;
            swarms[freed] = at(last);
        }
        swarms[last] = null;
    }

    /// Lines all up anew.
    void sort(Comparator<AnnouncedPeers> order) {
        var all = new ArrayList<AnnouncedPeers>(count);
        for (int i = 0; i < count; i++) {
            all.add(at(i));
        }
        all.sort(order);
        oldest = NONE;
        newest = NONE;
        all.forEach(swarm -> append(swarm.number));
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
        return (int) hashed & (firstOfHash.length - 1);
    }

    private void link(int number) {
        int slot = slot(at(number).infoHash());
        nextOfHash[number] = firstOfHash[slot];
        firstOfHash[slot] = number;
    }

    /// Has whoever names `number` in its chain name `instead`.
    private void unlink(int number, int instead) {
        int slot = slot(at(number).infoHash());
        if (firstOfHash[slot] == number) {
            firstOfHash[slot] = instead;
            return;
        }
        int before = firstOfHash[slot];
        while (nextOfHash[before] != number) {
            before = nextOfHash[before];
        }
        nextOfHash[before] = instead;
    }

    private void append(int number) {
        older[number] = newest;
        newer[number] = NONE;
        if (newest == NONE) {
            oldest = number;
        } else {
            newer[newest] = number;
        }
        newest = number;
    }

    private void detach(int number) {
        connect(older[number], newer[number]);
    }

    /// Puts `to` where `from` is in the line.
    private void renumberInLine(int from, int to) {
        int before = older[from];
        int after = newer[from];
        connect(before, to);
        connect(to, after);
    }

    /// Makes two neighbours; none is an end of the line.
    private void connect(int before, int after) {
        if (before == NONE) {
            oldest = after;
        } else {
            newer[before] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            older[after] = before;
        }
    }

    private void grow() {
        int places = 2 * swarms.length;
        swarms = Arrays.copyOf(swarms, places);
        nextOfHash = Arrays.copyOf(nextOfHash, places);
        older = Arrays.copyOf(older, places);
        newer = Arrays.copyOf(newer, places);
        firstOfHash = empty(places);
        for (int i = 0; i < count; i++) {
            link(i);
        }
    }
}
