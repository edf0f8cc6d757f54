package dev.starling.routing;

import static dev.starling.routing.Neighbours.MINUTE;
import static dev.starling.routing.Neighbours.RTT;
import static dev.starling.routing.Neighbours.SELF;
import static dev.starling.routing.Neighbours.at;
import static dev.starling.routing.Neighbours.far;
import static dev.starling.routing.Neighbours.sharing;
import static dev.starling.routing.Neighbours.table;
import static dev.starling.routing.Neighbours.tableWithFullFarBucket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who enters the table, who stays and who goes (BEP 5, "Routing Table").
class RoutingTableTest {

    @Test
    void contactThatAnswersIsInsertedAndThenRefreshed() {
        var table = table();

        var first = table.answered(far(1), RTT, 0);
        var second = table.answered(far(1), RTT, MINUTE);

        assertThat(first).isEqualTo(new InsertResult.Inserted());
        assertThat(second).isEqualTo(new InsertResult.Refreshed());
        assertThat(table.closest(SELF, 8)).containsExactly(far(1));
    }

    @Test
    void onlyTheBucketOfOurOwnIdSplits() {
        var table = table();
        for (int i = 0; i < 30; i++) {
            table.answered(far(i), RTT, 0);
            table.answered(sharing(1, 100 + i), RTT, 0);
            table.answered(sharing(2, 200 + i), RTT, 0);
        }

        var all = table.closest(SELF, 100);

        assertThat(all).hasSize(24);
        assertThat(all).filteredOn(contact -> contact.id().bit(0)).hasSize(8);
    }

    @Test
    void widestBucketsHoldMoreAndEachNearerOneHalfOfThat() {
        var table = new RoutingTable(SELF, 32, new SplittableRandom(1));

        for (int i = 0; i < 100; i++) {
            for (int bits = 0; bits < 5; bits++) {
                table.answered(sharing(bits, 100 * bits + i), RTT, 0);
            }
        }

        var bits = table.closest(SELF, 100).stream().map(each -> each.id().sharedPrefixBits(SELF));
        assertThat(bits.collect(Collectors.groupingBy(b -> b, Collectors.counting())))
                .isEqualTo(Map.of(0, 32L, 1, 16L, 2, 8L, 3, 8L, 4, 8L));
    }

    @Test
    void fullBucketKeepsItsGoodContacts() {
        var table = tableWithFullFarBucket();

        var result = table.answered(far(8), RTT / 10, MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Full());
        assertThat(table.closest(far(8).id(), 20)).doesNotContain(far(8)).hasSize(9);
    }

    @Test
    void fullBucketAsksForAProbeOfTheContactLeastRecentlyHeardOf() {
        var table = tableWithFullFarBucket();
        for (int i = 0; i < 8; i++) {
            table.answered(far(i), RTT, i == 5 ? MINUTE : 2 * MINUTE);
        }

        var result = table.answered(far(8), RTT, 17 * MINUTE);

        assertThat(result).isEqualTo(new InsertResult.ProbeFirst(far(5)));
    }

    @Test
    void contactIsQuestionableAfterFifteenSilentMinutes() {
        var table = table();
        table.answered(far(1), RTT, 0);

        table.queried(far(2), 15 * MINUTE - 1);
        boolean before = table.state(far(1).endpoint()).orElseThrow().isGood();
        table.queried(far(2), 15 * MINUTE);
        boolean after = table.state(far(1).endpoint()).orElseThrow().isGood();

        assertThat(before).isTrue();
        assertThat(after).isFalse();
    }

    @Test
    void queryFromAContactThatOnceAnsweredKeepsItGood() {
        var table = table();
        table.answered(far(1), RTT, 0);

        var result = table.queried(far(1), 10 * MINUTE);
        table.queried(far(2), 20 * MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Refreshed());
        assertThat(table.state(far(1).endpoint()).orElseThrow().isGood()).isTrue();
    }

    @Test
    void contactThatMerelyAskedUsIsNoMember() {
        var table = table();

        var result = table.queried(far(1), 0);

        assertThat(result).isEqualTo(new InsertResult.Unverified());
        assertThat(table.size()).isZero();
        assertThat(table.closest(far(1).id(), 8)).isEmpty();
        assertThat(table.contacts()).isEmpty();
    }

    @Test
    void candidateThatAnswersBecomesAMember() {
        var table = table();
        table.queried(far(1), 0);

        var result = table.answered(far(1), RTT, RTT);

        assertThat(result).isEqualTo(new InsertResult.Inserted());
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void oneFailureMakesAContactQuestionableAndAnAnswerMendsIt() {
        var table = table();
        table.answered(far(1), RTT, 0);

        table.failed(far(1), MINUTE);
        var failed = table.state(far(1).endpoint()).orElseThrow();
        table.answered(far(1), RTT, 2 * MINUTE);
        var mended = table.state(far(1).endpoint()).orElseThrow();

        assertThat(failed.isGood()).isFalse();
        assertThat(failed.failures()).isEqualTo(1);
        assertThat(mended.isGood()).isTrue();
        assertThat(mended.failures()).isZero();
    }

    @Test
    void badContactIsLeftOutOfAnswersAndReplacedByANewcomer() {
        var table = tableWithFullFarBucket();
        failThrice(table, far(3), MINUTE);

        var closest = table.closest(far(3).id(), 20);
        var result = table.answered(far(8), RTT, 2 * MINUTE);

        assertThat(closest).doesNotContain(far(3)).hasSize(8);
        assertThat(result).isEqualTo(new InsertResult.Replaced(far(3)));
    }

    @Test
    void fastestVerifiedReplacementTakesTheBadContactsPlace() {
        var table = tableWithFullFarBucket();
        table.answered(far(8), 3 * RTT, MINUTE);
        table.answered(far(9), RTT, MINUTE);
        table.answered(far(10), 2 * RTT, MINUTE);

        failThrice(table, far(3), 2 * MINUTE);

        assertThat(table.closest(far(3).id(), 20))
                .contains(far(9))
                .doesNotContain(far(3), far(8), far(10));
    }

    @Test
    void contactIsForgottenAfterEightFailuresThoughNothingReplacesIt() {
        var table = table();
        table.answered(far(1), RTT, 0);

        for (int i = 1; i < 8; i++) {
            table.failed(far(1), i * MINUTE);
        }
        int beforeTheLast = table.size();
        table.failed(far(1), 8 * MINUTE);

        assertThat(beforeTheLast).isEqualTo(1);
        assertThat(table.size()).isZero();
    }

    @Test
    void endpointThatAnswersWithAnotherIdIsEvictedAndWelcomeOnItsNextAnswer() {
        var table = table();
        var before = at("11.0.0.1:6881", far(1).id());
        var after = at("11.0.0.1:6881", sharing(3, 2).id());
        table.answered(before, RTT, 0);

        var first = table.answered(after, RTT, MINUTE);
        int size = table.size();
        var second = table.answered(after, RTT, 2 * MINUTE);

        assertThat(first).isInstanceOf(InsertResult.Refused.class);
        assertThat(size).isZero();
        assertThat(second).isEqualTo(new InsertResult.Inserted());
    }

    @Test
    void queryWithAnotherIdEvictsNobodyBecauseItMayBeForged() {
        var table = table();
        table.answered(at("11.0.0.1:6881", far(1).id()), RTT, 0);

        var result = table.queried(at("11.0.0.1:6881", far(2).id()), MINUTE);

        assertThat(result).isInstanceOf(InsertResult.Refused.class);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.nextToProbe(MINUTE)).contains(at("11.0.0.1:6881", far(1).id()));
    }

    @Test
    void knownIdAtAnotherEndpointIsRefusedWhileTheFirstIsGood() {
        var table = table();
        table.answered(at("11.0.0.1:6881", far(1).id()), RTT, 0);

        var early = table.answered(at("12.0.0.1:6881", far(1).id()), RTT, MINUTE);
        var late = table.answered(at("12.0.0.1:6881", far(1).id()), RTT, 16 * MINUTE);

        assertThat(early).isInstanceOf(InsertResult.Refused.class);
        assertThat(late).isEqualTo(new InsertResult.Inserted());
        assertThat(table.closest(SELF, 8)).containsExactly(at("12.0.0.1:6881", far(1).id()));
    }

    @Test
    void ourOwnIdAndUnreachableEndpointsAreRefused() {
        var table = table();

        assertThat(table.answered(at("11.0.0.1:6881", SELF), RTT, 0))
                .isInstanceOf(InsertResult.Refused.class);
        assertThat(table.answered(at("11.0.0.1:0", far(1).id()), RTT, 0))
                .isInstanceOf(InsertResult.Refused.class);
        assertThat(table.queried(at("224.0.0.1:6881", far(1).id()), 0))
                .isInstanceOf(InsertResult.Refused.class);
        assertThat(table.size()).isZero();
    }

    @Test
    void roundTripTimeIsSmoothed() {
        var table = table();

        table.answered(far(1), 80_000_000, 0);
        table.answered(far(1), 160_000_000, MINUTE);

        assertThat(table.state(far(1).endpoint()).orElseThrow().rttNanos()).isEqualTo(90_000_000);
    }

    @Test
    void savedContactsBeginWithTheGoodOnes() {
        var table = table();
        for (int i = 0; i < 4; i++) {
            table.answered(far(i), RTT, 0);
        }
        table.failed(far(0), 1);

        var saved = table.contacts();

        assertThat(saved)
                .extracting(RoutingTable.ContactState::isGood)
                .containsExactly(true, true, true, false);
        assertThat(saved.getLast().contact()).isEqualTo(far(0));
    }

    @Test
    void emptyTableIsEmpty() {
        var table = table();

        assertThat(table.closest(Id.ZERO, 8)).isEmpty();
        assertThat(table.nextToProbe(MINUTE)).isEmpty();
        assertThat(table.nextRefreshTarget(60 * MINUTE)).isEmpty();
        assertThat(table.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static void failThrice(RoutingTable table, Contact contact, long nowNanos) {
        for (int i = 0; i < 3; i++) {
            table.failed(contact, nowNanos + i);
        }
    }
}
