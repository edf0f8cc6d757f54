package dev.starling.routing;

import static dev.starling.routing.Neighbours.MINUTE;
import static dev.starling.routing.Neighbours.RTT;
import static dev.starling.routing.Neighbours.SELF;
import static dev.starling.routing.Neighbours.far;
import static dev.starling.routing.Neighbours.sharing;
import static dev.starling.routing.Neighbours.table;
import static dev.starling.routing.Neighbours.tableWithFullFarBucket;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Which contact is pinged when, and which bucket is refreshed.
class RoutingTableUpkeepTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void questionableContactsAreProbedLeastRecentlyHeardOfFirst() {
        var table = table();
        table.answered(far(1), RTT, 2 * MINUTE);
        table.answered(far(2), RTT, MINUTE);

        var early = table.nextToProbe(16 * MINUTE - 1);
        var first = table.nextToProbe(18 * MINUTE);
        var second = table.nextToProbe(18 * MINUTE);
        var third = table.nextToProbe(18 * MINUTE);

        assertThat(early).isEmpty();
        assertThat(first).contains(far(2));
        assertThat(second).contains(far(1));
        assertThat(third).isEmpty();
    }

    @Test
    void contactThatFailedIsProbedSoonAndThenEverMoreSeldom() {
        var table = table();
        table.answered(far(1), RTT, 0);

        table.failed(far(1), 0);
        var soon = table.nextToProbe(5 * SECOND);
        table.failed(far(1), 6 * SECOND);
        var tooSoon = table.nextToProbe(15 * SECOND);
        var later = table.nextToProbe(16 * SECOND);

        assertThat(soon).contains(far(1));
        assertThat(tooSoon).isEmpty();
        assertThat(later).contains(far(1));
    }

    @Test
    void candidateIsProbedAtOnceWhereThereIsAPlace() {
        var table = table();
        table.queried(far(1), MINUTE);

        var deadline = table.nextDeadlineNanos();
        var probe = table.nextToProbe(MINUTE);
        var again = table.nextToProbe(MINUTE + 1);

        assertThat(deadline).isLessThanOrEqualTo(MINUTE);
        assertThat(probe).contains(far(1));
        assertThat(again).isEmpty();
    }

    @Test
    void candidateThatDoesNotAnswerIsForgotten() {
        var table = table();
        table.queried(far(1), MINUTE);
        table.nextToProbe(MINUTE);

        table.failed(far(1), 2 * MINUTE);

        assertThat(table.nextToProbe(60 * MINUTE)).isEmpty();
    }

    @Test
    void candidateOfABucketFullOfGoodContactsIsNotProbed() {
        var table = tableWithFullFarBucket();

        var result = table.queried(far(8), MINUTE);

        assertThat(result).isEqualTo(new InsertResult.Full());
        assertThat(table.nextToProbe(MINUTE)).isEmpty();
    }

    @Test
    void candidateIsProbedOnceAMemberOfItsBucketIsBad() {
        var table = tableWithFullFarBucket();
        table.failed(far(3), MINUTE);
        table.failed(far(3), MINUTE);
        table.queried(far(8), MINUTE);
        var before = table.nextToProbe(MINUTE);

        table.failed(far(3), MINUTE);
        var after = table.nextToProbe(MINUTE);

        assertThat(before).isEmpty();
        assertThat(after).contains(far(8));
    }

    @Test
    void bucketUnchangedForFifteenMinutesIsRefreshedOnce() {
        var table = tableWithFullFarBucket();
        table.answered(sharing(1, 100), RTT, 10 * MINUTE);

        var early = table.nextRefreshTarget(15 * MINUTE - 1);
        var due = table.nextRefreshTarget(15 * MINUTE);
        var again = table.nextRefreshTarget(15 * MINUTE);

        assertThat(early).isEmpty();
        assertThat(due.orElseThrow().sharedPrefixBits(SELF)).isZero();
        assertThat(again).isEmpty();
    }

    @Test
    void lastBucketIsRefreshedAroundOurOwnId() {
        var table = tableWithFullFarBucket();
        for (int i = 0; i < 8; i++) {
            table.answered(far(i), RTT, 10 * MINUTE);
        }

        var target = table.nextRefreshTarget(15 * MINUTE);

        assertThat(target.orElseThrow().sharedPrefixBits(SELF)).isPositive();
    }

    @Test
    void deadlineTellsWhenSomethingIsDue() {
        var table = table();
        table.answered(far(1), RTT, MINUTE);

        assertThat(table.nextDeadlineNanos()).isEqualTo(16 * MINUTE);
    }
}
