package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final IpAddress ABUSER = IpAddress.v4(0x01020304);

    private final SplittableRandom random = new SplittableRandom(1);
    private final RateLimit limit = RateLimit.ofAnswers(random);

    @Test
    void aSourceGetsItsBurstAndNoMore() {
        int taken = 0;
        for (int i = 0; i < 2 * RateLimit.BURST; i++) {
            taken += limit.take(ABUSER, 0) ? 1 : 0;
        }

        assertThat(taken).isEqualTo(RateLimit.BURST);
    }

    @Test
    void theBudgetComesBackWithTime() {
        for (int i = 0; i < 2 * RateLimit.BURST; i++) {
            limit.take(ABUSER, 0);
        }

        int taken = 0;
        for (int i = 0; i < 2 * RateLimit.BURST; i++) {
            taken += limit.take(ABUSER, Duration.ofSeconds(1).toNanos()) ? 1 : 0;
        }

        assertThat(taken).isBetween(RateLimit.ANSWERS_PER_SECOND, RateLimit.ANSWERS_PER_SECOND + 1);
    }

    @Test
    void whoAsksNowAndThenTakesNoMemory() {
        for (int i = 0; i < 10_000; i++) {
            var source = IpAddress.v4(random.nextInt(1 << 24, 1 << 27));
            assertThat(limit.take(source, i * Duration.ofMillis(100).toNanos())).isTrue();
        }

        assertThat(limit.accounts()).isEqualTo(16);
    }

    @Test
    void anAbuserTakesAwayAlmostNobodysBudget() {
        for (int i = 0; i < 10 * RateLimit.BURST; i++) {
            limit.take(ABUSER, 0);
        }

        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            refused += limit.take(IpAddress.v4(0x05000000 + 256 * i), 0) ? 0 : 1;
        }

        assertThat(refused).isLessThan(5);
        assertThat(limit.accounts()).isEqualTo(Ledger.MAX_ACCOUNTS);
    }
}
