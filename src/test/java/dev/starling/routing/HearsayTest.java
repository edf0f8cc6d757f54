package dev.starling.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HearsayTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private final Hearsay hearsay = new Hearsay();

    @Test
    void closestNamesComeFirst() {
        for (int i = 0; i < 200; i++) {
            hearsay.named(named(Id.random(random), i));
        }
        var target = Id.random(random);

        var closest = hearsay.closest(target, 200);

        assertThat(closest)
                .hasSize(200)
                .isSortedAccordingTo(Comparator.comparing(Contact::id, target::compareDistance));
    }

    @Test
    void latestNamesOfARegionDisplaceTheEldest() {
        for (int i = 0; i <= Hearsay.PER_REGION; i++) {
            hearsay.named(named(Id.ZERO.prefixed(20, Id.random(random)), i));
        }

        assertThat(hearsay.size()).isEqualTo(Hearsay.PER_REGION);
        assertThat(hearsay.closest(Id.ZERO, 99))
                .extracting(Contact::endpoint)
                .doesNotContain(named(Id.ZERO, 0).endpoint());
    }

    @Test
    void oneSubnetHasOnePlaceInARegion() {
        hearsay.named(new Contact(new Id(1, 0, 0), Endpoint.parse("11.0.0.1:1").orElseThrow()));
        hearsay.named(new Contact(new Id(2, 0, 0), Endpoint.parse("11.0.0.2:1").orElseThrow()));

        assertThat(hearsay.size()).isEqualTo(1);
    }

    @Test
    void whoDoesNotAnswerIsForgotten() {
        var contact = named(Id.ZERO, 1);
        hearsay.failed(contact);
        hearsay.named(contact);

        hearsay.failed(contact);

        assertThat(hearsay.size()).isZero();
        assertThat(hearsay.hasUnexplored()).isFalse();
    }

    @Test
    void everyNameIsExploredOnce() {
        for (int i = 0; i < 50; i++) {
            hearsay.named(named(Id.random(random), i));
        }

        var explored = new HashSet<Contact>();
        while (hearsay.hasUnexplored()) {
            explored.add(hearsay.nextToExplore(random).orElseThrow());
        }

        assertThat(explored).hasSize(50);
        assertThat(hearsay.nextToExplore(random)).isEmpty();
    }

    private static Contact named(Id id, int number) {
        return new Contact(id, new Endpoint(IpAddress.v4((11 << 24) + (number << 8)), 6881));
    }
}
