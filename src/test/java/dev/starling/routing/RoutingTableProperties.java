package dev.starling.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds after any sequence of answers, queries and failures; the seed is the test's argument.
class RoutingTableProperties {

    private static final int STEPS = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void closestEqualsASortOfAllMembers(long seed) {
        var random = new SplittableRandom(seed);
        var table = grown(random);
        var members = notBad(table);

        for (int i = 0; i < 300; i++) {
            var near = table.selfId().prefixed(random.nextInt(20), Id.random(random));
            int count = 1 + random.nextInt(i % 10 == 0 ? 200 : 20);
            members.sort(Comparator.comparing(Contact::id, near::compareDistance));

            assertThat(table.closest(near, count))
                    .as("seed %d, target %s", seed, near)
                    .isEqualTo(members.subList(0, Math.min(count, members.size())));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void noAddressIdOrSubnetExceedsItsShare(long seed) {
        var random = new SplittableRandom(seed);
        var table = grown(random);

        var contacts = table.contacts().stream().map(RoutingTable.ContactState::contact).toList();
        var addresses = new HashSet<IpAddress>();
        var ids = new HashSet<Id>();

        for (var contact : contacts) {
            var address = contact.endpoint().address();
            assertThat(addresses.add(address)).as("seed %d: %s twice", seed, address).isTrue();
            assertThat(ids.add(contact.id())).as("seed %d: %s twice", seed, contact).isTrue();
            assertThat(contacts)
                    .as("seed %d: subnet of %s", seed, contact)
                    .filteredOn(each -> inSubnet(each, address))
                    .hasSizeLessThanOrEqualTo(Diversity.MAX_PER_SUBNET);
        }
        assertThat(contacts).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void probingAndAnsweringEndsAndLeavesNothingDue(long seed) {
        var random = new SplittableRandom(seed);
        var table = grown(random);
        long nowNanos = TimeUnit.HOURS.toNanos(2);

        int probes = 0;
        var probe = table.nextToProbe(nowNanos);
        while (probe.isPresent()) {
            probes++;
            assertThat(probes).as("seed %d", seed).isLessThan(1_000);
            if (random.nextBoolean()) {
                table.answered(probe.get(), 1, nowNanos);
            } else {
                table.failed(probe.get(), nowNanos);
            }
            probe = table.nextToProbe(nowNanos);
        }

        assertThat(probes).isPositive();
        assertThat(table.nextToProbe(nowNanos)).isEmpty();
    }

    /// A table after thousands of events of nodes that share addresses, ids and subnets.
    private static RoutingTable grown(SplittableRandom random) {
        int widest = random.nextBoolean() ? 8 : RoutingTable.WIDEST_BUCKET_SIZE;
        var table = new RoutingTable(Id.random(random), widest, random.split());
        long nowNanos = -TimeUnit.HOURS.toNanos(1);
        for (int i = 0; i < STEPS; i++) {
            nowNanos += random.nextLong(TimeUnit.SECONDS.toNanos(1));
            var contact = anyone(table.selfId(), random);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> table.answered(contact, random.nextInt(1_000_000_000), nowNanos);
                case 3 -> table.queried(contact, nowNanos);
                case 4 -> table.nextToProbe(nowNanos);
                default -> {
                    var known = table.closest(contact.id(), 4);
                    if (!known.isEmpty()) {
                        table.failed(known.get(random.nextInt(known.size())), nowNanos);
                    }
                }
            }
        }
        return table;
    }

    private static Contact anyone(Id self, SplittableRandom random) {
        var fixed = new SplittableRandom(random.nextInt(1_500));
        var id = self.prefixed(fixed.nextInt(18), Id.random(fixed));
        int address = 11 << 24 | fixed.nextInt(150) << 8 | random.nextInt(4) + 1;
        return new Contact(id, new Endpoint(IpAddress.v4(address), 6881));
    }

    private static List<Contact> notBad(RoutingTable table) {
        var members = new ArrayList<Contact>();
        for (var state : table.contacts()) {
            if (state.failures() < 3) {
                members.add(state.contact());
            }
        }
        return members;
    }

    private static boolean inSubnet(Contact contact, IpAddress address) {
        return contact.endpoint().address().subnet().equals(address.subnet());
    }
}
