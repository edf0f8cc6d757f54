package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.routing.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContactRingTest {

    private static final int K = 8;

    private final SplittableRandom random = new SplittableRandom(7);

    private Contact contact(int address) {
        return new Contact(Id.random(random), new Endpoint(IpAddress.v4(address), 6881));
    }

    /// Contacts of so many networks.
    private List<Contact> filled(ContactRing ring, int count) {
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < count; i++) {
            var contact = contact(0x08000000 + (i << Byte.SIZE) + 1);
            contacts.add(contact);
            ring.verified(contact);
        }
        return contacts;
    }

    private static List<Contact> told(ContactRing ring, Id target) {
        var nearest = new Nearest(K);
        nearest.begin(target);
        ring.tell(target, nearest);
        var told = new ArrayList<Contact>();
        for (int i = 0; i < nearest.size(); i++) {
            told.add(nearest.at(i));
        }
        return told;
    }

    @Test
    void theClosestAreTold() {
        var ring = ContactRing.of(16_384);
        var all = filled(ring, 8_000);

        for (int i = 0; i < 200; i++) {
            var target = Id.random(random);
            Comparator<Contact> byDistance = (a, b) -> target.compareDistance(a.id(), b.id());
            var closest = all.stream().sorted(byDistance).limit(K).toList();

            assertThat(told(ring, target)).isEqualTo(closest);
        }
        assertThat(ring.size()).isEqualTo(8_000);
    }

    @Test
    void aFullCellForgetsWhoIsSilentLongest() {
        var ring = ContactRing.of(64);
        var first = filled(ring, 64);
        ring.at(TimeUnit.SECONDS.toNanos(1));
        first.stream().skip(1).forEach(ring::verified);
        var newcomer = contact(0x09000001);

        ring.verified(newcomer);

        assertThat(ring.size()).isEqualTo(64);
        assertThat(told(ring, newcomer.id())).contains(newcomer);
        assertThat(told(ring, first.getFirst().id())).doesNotContain(first.getFirst());
    }

    @Test
    void oneOfANetworkIsKeptInACellAndTold() {
        var ring = ContactRing.of(64);
        var first = contact(0x08080801);
        ring.verified(first);

        for (int i = 2; i < 100; i++) {
            ring.verified(contact(0x08080800 + i));
        }

        assertThat(ring.size()).isEqualTo(1);
        assertThat(told(ring, Id.random(random))).containsExactly(first);
    }

    @Test
    void manyNodesOfOneMachineCountEach() {
        var ring = ContactRing.of(64);
        for (int i = 0; i < 20; i++) {
            ring.verified(
                    new Contact(
                            Id.random(random), new Endpoint(IpAddress.v4(0x7f000001), 7_000 + i)));
        }

        assertThat(ring.size()).isEqualTo(20);
        assertThat(told(ring, Id.random(random))).hasSize(K);
    }

    @Test
    void whoHasNotAnsweredForHalfAnHourIsToldToNobody() {
        var ring = ContactRing.of(64);
        filled(ring, 10);

        ring.at(TimeUnit.MINUTES.toNanos(29));
        assertThat(told(ring, Id.random(random))).hasSize(K);
        ring.at(TimeUnit.MINUTES.toNanos(31));
        assertThat(told(ring, Id.random(random))).isEmpty();
    }

    @Test
    void whoFailsIsForgotten() {
        var ring = ContactRing.of(64);
        var contacts = filled(ring, 2);

        ring.failed(contacts.getFirst());
        ring.failed(contacts.getFirst());

        assertThat(ring.size()).isEqualTo(1);
        assertThat(told(ring, Id.random(random))).containsExactly(contacts.get(1));
    }

    @Test
    void aFloodAtOnePlaceOfTheKeyspaceLeavesTheOthersAlone() {
        var ring = ContactRing.of(16_384);
        var honest = new HashSet<>(filled(ring, 8_000));
        var victim = Id.random(random);
        for (int i = 0; i < 50_000; i++) {
            var endpoint = new Endpoint(IpAddress.v4(0x10000000 + (i << Byte.SIZE)), 1);
            ring.verified(new Contact(victim.prefixed(40, Id.random(random)), endpoint));
        }

        for (int i = 0; i < 100; i++) {
            var target = Id.random(random);
            if (target.sharedPrefixBits(victim) < 7) {
                assertThat(honest).containsAll(told(ring, target));
            }
        }
        assertThat(ring.size()).isGreaterThan(7_900);
    }
}
