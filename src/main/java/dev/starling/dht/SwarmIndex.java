package dev.starling.dht;

import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/// The infohashes of a peer store: numbered, so that some can be drawn; found by a keyed hash, so
/// that nobody can choose many that collide; and lined up by their latest announce.
///
/// Chains and line are numbers and not references: of a million infohashes most have one peer, and
/// a map's entries and keys would take more than they; and a reference written into an old object
/// is work for the garbage collector, a number is not. Confined to its owner.
final class SwarmIndex {

    /// No swarm.
    static final int NONE = -1;

    private static final int FIRST_PLACES = 16;

    private final SipHash hash;
    private final SwarmRows rows;
    private int count;

    /// The first swarm of each hash; each names the next.
    private int[] firstOfHash = empty(FIRST_PLACES);

    /// The ends of the line, in which each names its neighbours.
    private int oldest = NONE;

    private int newest = NONE;

    SwarmIndex(SipHash hash, SwarmRows rows) {
        this.hash = hash;
        this.rows = rows;
    }

    private static int[] empty(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, NONE);
        return numbers;
    }

    int count() {
        return count;
    }

    /// The swarm announced least recently, or [#NONE].
    int oldest() {
        return oldest;
    }

    /// That of the swarm of this number, from 0 to [#count].
    Id infoHash(int number) {
        return rows.infoHash(number);
    }

    /// The number of a swarm, or [#NONE].
    int find(Id infoHash) {
        int number = firstOfHash[slot(infoHash)];
        while (number != NONE && !rows.isOf(number, infoHash)) {
            number = rows.number(number, SwarmRows.NEXT);
        }
        return number;
    }

    /// Adds one that is not there yet, as the newest; its number.
    int add(Id infoHash) {
        if (count == firstOfHash.length) {
            grow();
        }
        int number = count++;
        rows.begin(number, infoHash);
        link(number);
        append(number);
        return number;
    }

    /// Makes a swarm the newest.
    void touch(int number) {
        if (number != newest) {
            detach(number);
            append(number);
        }
    }

    /// Removes one. The last takes over its number and is said.
    int remove(int freed) {
        detach(freed);
        unlink(freed, rows.number(freed, SwarmRows.NEXT));
        int last = --count;
        if (freed != last) {
            unlink(last, freed);
            rows.move(last, freed);
            int before = rows.number(freed, SwarmRows.OLDER);
            int after = rows.number(freed, SwarmRows.NEWER);
            connect(before, freed);
            connect(freed, after);
        }
        return last;
    }

    /// Lines all up anew by their latest announces.
    void sort(IntToLongFunction latestMillis) {
        long newestMillis = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            newestMillis = Math.max(newestMillis, latestMillis.applyAsLong(i));
        }
        long[] byAge = new long[count];
        for (int i = 0; i < count; i++) {
            long ageMillis = newestMillis - latestMillis.applyAsLong(i);
            byAge[i] = (long) Math.clamp(ageMillis, 0, Integer.MAX_VALUE) << Integer.SIZE | i;
        }
        Arrays.sort(byAge);
        oldest = NONE;
        newest = NONE;
        for (int i = count - 1; i >= 0; i--) {
            append((int) byAge[i]);
        }
    }

    /// At most `limit` infohashes, each as likely as any other (Floyd's algorithm).
    List<Id> sample(int limit, RandomGenerator random) {
        int drawn = Math.min(limit, count);
        var chosen = new ArrayList<Id>(drawn);
        for (int i = count - drawn; i < count; i++) {
            var infoHash = infoHash(random.nextInt(i + 1));
            chosen.add(chosen.contains(infoHash) ? infoHash(i) : infoHash);
        }
        return chosen;
    }

    private int slot(Id infoHash) {
        long hashed = hash.hash(infoHash.high(), infoHash.middle() ^ infoHash.low());
        return (int) hashed & (firstOfHash.length - 1);
    }

    private void link(int number) {
        int slot = slot(infoHash(number));
        rows.setNumber(number, SwarmRows.NEXT, firstOfHash[slot]);
        firstOfHash[slot] = number;
    }

    /// Has whoever names `number` in its chain name `instead`.
    private void unlink(int number, int instead) {
        int slot = slot(infoHash(number));
        if (firstOfHash[slot] == number) {
            firstOfHash[slot] = instead;
            return;
        }
        int before = firstOfHash[slot];
        while (rows.number(before, SwarmRows.NEXT) != number) {
            before = rows.number(before, SwarmRows.NEXT);
        }
        rows.setNumber(before, SwarmRows.NEXT, instead);
    }

    private void append(int number) {
        int before = newest;
        newest = number;
        connect(before, number);
        connect(number, NONE);
    }

    private void detach(int number) {
        connect(rows.number(number, SwarmRows.OLDER), rows.number(number, SwarmRows.NEWER));
    }

    /// Makes two neighbours; none is an end of the line.
    private void connect(int before, int after) {
        if (before == NONE) {
            oldest = after;
        } else {
            rows.setNumber(before, SwarmRows.NEWER, after);
        }
        if (after == NONE) {
            newest = before;
        } else {
            rows.setNumber(after, SwarmRows.OLDER, before);
        }
    }

    private void grow() {
        firstOfHash = empty(2 * firstOfHash.length);
        for (int i = 0; i < count; i++) {
            link(i);
        }
    }
}
