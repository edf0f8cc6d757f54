package dev.starling.sim;

import dev.starling.dht.DhtInput;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.routing.RoutingTable;
import dev.starling.routing.RoutingTable.ContactState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Gives many nodes at once the tables that they would have had they joined one by one: buckets as
/// full, every contact heard of within the last quarter of an hour.
///
/// A million nodes that join one by one take a day of real time; this takes minutes.
/// `docs/simulator.md` tells how both compare. Each node's contacts are drawn with randomness of
/// its own, so it does not matter in which order or on how many threads the nodes are made.
public final class SimConverged {

    /// A contact unheard of for longer is questionable and pinged (BEP 5, "Routing Table").
    private static final long HEARD_WITHIN_NANOS = Duration.ofMinutes(15).toNanos();

    /// Contacts that joining and the minutes after it leave in the widest buckets, as measured;
    /// others hold k at most.
    private static final int[] JOINED_FILL = {30, 23, 19, 14};

    private final SimWorld world;
    private final SimNursery nursery;

    /// How full the widest buckets are: no more than other nodes' queries fill them.
    public enum Tables {

        /// As a few minutes after joining.
        JOINED,

        /// As full as they may be, after days in a busy network.
        FULL
    }

    /// What to make.
    ///
    /// @param nodes that live
    /// @param stale share of all contacts that are dead and not yet found out
    /// @param others more contacts that are known like any node, such as sybils
    public record Plan(int nodes, Tables tables, double stale, List<Contact> others) {
        public Plan {
            SimConditions.requireShare("stale", stale);
            others = List.copyOf(others);
        }
    }

    SimConverged(SimWorld world, SimNursery nursery) {
        this.world = world;
        this.nursery = nursery;
    }

    void add(Plan plan) {
        var living = new Contact[plan.nodes()];
        Arrays.setAll(living, _ -> nursery.contact());
        var known = new ArrayList<>(Arrays.asList(living));
        world.nodes().forEach(node -> known.add(node.contact()));
        known.addAll(plan.others());
        long dead = Math.round(known.size() * plan.stale() / (1 - plan.stale()));
        for (long i = 0; i < dead; i++) {
            known.add(nursery.contact());
        }
        known.sort(Comparator.comparing(Contact::id));
        var sorted = List.copyOf(known);
        var skews = new SimSkew[living.length];
        var seeds = new long[living.length];
        Arrays.setAll(skews, _ -> nursery.clock());
        Arrays.setAll(seeds, _ -> world.random().nextLong());
        var made = new SimNursery.Newborn[living.length];
        IntStream.range(0, living.length)
                .parallel()
                .forEach(i -> {
                    var random = new SplittableRandom(seeds[i]);
                    var itsContacts = contacts(living[i], plan.tables(), sorted, random);
                    made[i] = node(living[i], skews[i], itsContacts, random);
                });
        for (int i = 0; i < living.length; i++) {
            var node = new SimDhtNode(world, made[i]);
            node.joined();
            world.add(node);
        }
    }

    private SimNursery.Newborn node(
            Contact self, SimSkew skew, List<Contact> contacts, SplittableRandom random) {
        var newborn = nursery.node(self, skew, random.split());
        long now = skew.local(world.clock().nowNanos());
        var states = new ArrayList<ContactState>(contacts.size());
        for (var contact : contacts) {
            var address = contact.endpoint().address();
            long rtt = 2 * world.network().distanceNanos(self.endpoint().address(), address);
            long heard = now - random.nextLong(HEARD_WITHIN_NANOS);
            states.add(new ContactState(contact, rtt, heard, 0, true));
        }
        newborn.node().handle(new DhtInput.Resume(states), now, _ -> {});
        return newborn;
    }

    /// As many of each bucket as it holds, chosen at random, from the farthest on.
    private List<Contact> contacts(
            Contact self, Tables tables, List<Contact> sorted, SplittableRandom random) {
        var contacts = new ArrayList<Contact>();
        int from = 0;
        int to = sorted.size();
        int bits = 0;
        while (to - from > 1 && bits < Id.LENGTH_BITS) {
            int middle = split(sorted, from, to, bits);
            boolean isHigh = self.id().bit(bits);
            var bucket = isHigh ? sorted.subList(from, middle) : sorted.subList(middle, to);
            choose(bucket, fill(bits, tables), random, contacts);
            from = isHigh ? middle : from;
            to = isHigh ? to : middle;
            bits++;
        }
        return contacts;
    }

    /// How many contacts a bucket holds, given the bits they share with their node.
    private int fill(int bits, Tables tables) {
        int capacity = nursery.widestBucketSize() >> Math.min(bits, Integer.SIZE - 1);
        int most =
                switch (tables) {
                    case FULL -> capacity;
                    case JOINED -> bits < JOINED_FILL.length ? JOINED_FILL[bits] : 0;
                };
        return Math.max(Math.min(capacity, most), RoutingTable.BUCKET_SIZE);
    }

    /// The first of a range, all of which share `bits` leading bits, whose next bit is set.
    private static int split(List<Contact> sorted, int from, int to, int bits) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).id().bit(bits)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Chooses `count` of a bucket's nodes, or all where they are fewer (Floyd's way of sampling).
    private static void choose(
            List<Contact> bucket, int count, SplittableRandom random, List<Contact> chosen) {
        int[] places = new int[Math.min(count, bucket.size())];
        for (int i = 0; i < places.length; i++) {
            int last = bucket.size() - places.length + i;
            int place = random.nextInt(last + 1);
            for (int j = 0; j < i && place != last; j++) {
                place = places[j] == place ? last : place;
            }
            places[i] = place;
            chosen.add(bucket.get(place));
        }
    }
}
