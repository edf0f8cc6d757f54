package dev.starling.crawler.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BudgetTest {

    private static final long SECOND_NANOS = 1_000_000_000L;

    @Test
    void oneAddressGetsItsBurstAndThenItsRate() {
        var budget = new Budget(100_000, new SplittableRandom(1));
        var address = IpAddress.parse("8.8.8.8").orElseThrow();

        int granted = taken(budget, address, 10);

        assertThat(granted)
                .isBetween(
                        (int) (Budget.ADDRESS_BURST + 9 * Budget.ADDRESS_PER_SECOND),
                        (int) (Budget.ADDRESS_BURST + 11 * Budget.ADDRESS_PER_SECOND));
    }

    @Test
    void oneNeighbourhoodGetsItsShareHoweverManyAddressesItHas() {
        var budget = new Budget(100_000, new SplittableRandom(1));
        int granted = 0;
        for (int tenth = 0; tenth < 100; tenth++) {
            for (int host = 0; host < 256; host++) {
                budget.hasTotal(tenth * SECOND_NANOS / 10);
                var address = IpAddress.v4(0x08080800 + host);
                granted += budget.take(address, tenth * SECOND_NANOS / 10) ? 1 : 0;
            }
        }

        assertThat(granted)
                .isLessThanOrEqualTo(
                        (int) (Budget.PREFIX_BURST + 10 * Budget.PREFIX_PER_SECOND) + 1);
        assertThat(granted).isGreaterThan((int) (9 * Budget.PREFIX_PER_SECOND));
    }

    @Test
    void theTotalHoldsForLocalAddressesToo() {
        var budget = new Budget(100, new SplittableRandom(1));
        var address = IpAddress.parse("127.0.0.1").orElseThrow();

        int granted = 0;
        for (int milli = 0; milli < 10_000; milli++) {
            long now = milli * 1_000_000L;
            while (budget.hasTotal(now)) {
                granted += budget.take(address, now) ? 1 : 0;
            }
        }

        assertThat(granted).isBetween(990, 1_010);
    }

    private static int taken(Budget budget, IpAddress address, int seconds) {
        int granted = 0;
        for (long now = 0; now < seconds * SECOND_NANOS; now += SECOND_NANOS / 20) {
            budget.hasTotal(now);
            granted += budget.take(address, now) ? 1 : 0;
        }
        return granted;
    }
}
