package dev.starling.sim;

import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
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

/// Gives many nodes at once the tables that they would have after living together for long: every
/// bucket as full as the network allows, every contact heard of within the last quarter of an hour.
///
/// A million nodes that join one by one take a day of real time; this takes minutes.
/// `docs/simulator.md` tells how both compare. Each node's contacts are drawn with randomness of
/// its own, so it does not matter in which order or on how many threads the nodes are made.
public final class SimConverged {

    /// A contact unheard of for longer is questionable and pinged (BEP 5, "Routing Table").
    private static final long HEARD_WITHIN_NANOS = Duration.ofMinutes(15).toNanos();

    private final SimWorld world;
    private final SimNursery nursery;

    /// What to make.
    ///
    /// @param nodes that live
    /// @param stale share of all contacts that are dead and not yet found out
    /// @param others more contacts that are known like any node, such as sybils
    public record Plan(int nodes, double stale, List<Contact> others) {
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
        var made = new DhtNode[living.length];
        IntStream.range(0, living.length)
                .parallel()
                .forEach(i -> made[i] = node(living[i], skews[i], seeds[i], sorted));
        for (int i = 0; i < living.length; i++) {
            var node = new SimDhtNode(world, living[i].endpoint(), made[i], skews[i]);
            node.joined();
            world.add(node);
        }
    }

    private DhtNode node(Contact self, SimSkew skew, long seed, List<Contact> sorted) {
        var random = new SplittableRandom(seed);
        var node = nursery.node(self, skew, random.split());
        long now = skew.local(world.clock().nowNanos());
        var states = new ArrayList<ContactState>();
        for (var contact : contacts(self, sorted, random)) {
            var address = contact.endpoint().address();
            long rtt = 2 * world.network().distanceNanos(self.endpoint().address(), address);
            long heard = now - random.nextLong(HEARD_WITHIN_NANOS);
            states.add(new ContactState(contact, rtt, heard, 0, true));
        }
        node.handle(new DhtInput.Resume(states), now, _ -> {});
        return node;
    }

    /// As many of each bucket as it holds, chosen at random, from the farthest on.
    private List<Contact> contacts(Contact self, List<Contact> sorted, SplittableRandom random) {
        var contacts = new ArrayList<Contact>();
        int from = 0;
        int to = sorted.size();
        int bits = 0;
        while (to - from > 1 && bits < Id.LENGTH_BITS) {
            int middle = split(sorted, from, to, bits);
            boolean isHigh = self.id().bit(bits);
            int capacity =
                    Math.max(
                            nursery.widestBucketSize() >> Math.min(bits, 31),
                            RoutingTable.BUCKET_SIZE);
            var bucket = isHigh ? sorted.subList(from, middle) : sorted.subList(middle, to);
            choose(bucket, capacity, random, contacts);
            from = isHigh ? middle : from;
            to = isHigh ? to : middle;
            bits++;
        }
        return contacts;
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
