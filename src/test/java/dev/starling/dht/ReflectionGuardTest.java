package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReflectionGuardTest {

    private static final int QUERY_BYTES = 100;
    private static final int FULL = ReflectionGuard.excess(QUERY_BYTES, 350);
    private static final int SHORT = ReflectionGuard.excess(QUERY_BYTES, 200);
    private static final IpAddress VICTIM = address("203.0.113.9");

    private final ReflectionGuard guard = new ReflectionGuard(new SplittableRandom(1));
    private long nowNanos = 1;

    @Test
    void twiceTheQueryIsAlwaysFree() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(guard.mayAnswer(VICTIM, false, SHORT, nowNanos)).isTrue();
        }
    }

    @Test
    void aForgedAddressGetsItsAllowanceAndNoMore() {
        long excess = excessTaken(VICTIM, 10_000);

        assertThat(excess)
                .isPositive()
                .isLessThanOrEqualTo(ReflectionGuard.ADDRESS_ALLOWANCE_BYTES);
    }

    @Test
    void aForgedNeighbourhoodGetsItsAllowanceAndNoMore() {
        long excess = 0;
        for (int host = 1; host < 255; host++) {
            excess += excessTaken(address("203.0.113." + host), 100);
        }

        assertThat(excess).isPositive().isLessThanOrEqualTo(ReflectionGuard.PREFIX_ALLOWANCE_BYTES);
    }

    @Test
    void anIpv6NetworkIsOneNeighbourhood() {
        long excess = 0;
        for (int host = 1; host < 255; host++) {
            excess += excessTaken(address("2001:db8:1:2::" + Integer.toHexString(host)), 100);
        }

        assertThat(excess).isLessThanOrEqualTo(ReflectionGuard.PREFIX_ALLOWANCE_BYTES);
    }

    @Test
    void theAllowanceComesBack() {
        excessTaken(VICTIM, 10_000);
        assertThat(guard.mayAnswer(VICTIM, false, FULL, nowNanos)).isFalse();

        nowNanos += Duration.ofMinutes(2).toNanos();

        assertThat(guard.mayAnswer(VICTIM, false, FULL, nowNanos)).isTrue();
    }

    @Test
    void whoReturnedATokenGetsFullAnswersForHalfAnHour() {
        excessTaken(VICTIM, 10_000);

        guard.verified(VICTIM, nowNanos);
        for (int i = 0; i < 2_000; i++) {
            assertThat(guard.mayAnswer(VICTIM, false, FULL, nowNanos)).isTrue();
        }

        nowNanos += VerifiedSources.LIFETIME_NANOS;
        excessTaken(VICTIM, 10_000);
        assertThat(guard.mayAnswer(VICTIM, false, FULL, nowNanos)).isFalse();
    }

    @Test
    void evenAVerifiedAddressIsNoBottomlessWell() {
        guard.verified(VICTIM, nowNanos);

        assertThat(excessTaken(VICTIM, 100_000))
                .isLessThanOrEqualTo(ReflectionGuard.VERIFIED_ALLOWANCE_BYTES);
    }

    /// Against a naive model: whatever the order of sources, no address and no /24 takes more than
    /// its allowance and what came back since.
    @Test
    void noSourceTakesMoreThanItsShareInAnyOrder() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var fresh = new ReflectionGuard(new SplittableRandom(seed));
            long begin = 1;
            long now = begin;
            long[] taken = new long[8];
            long total = 0;
            for (int i = 0; i < 5_000; i++) {
                now += random.nextInt(50_000_000);
                int host = random.nextInt(taken.length);
                int queryBytes = 60 + random.nextInt(60);
                int excess = 60 + random.nextInt(1_300) - 2 * queryBytes;
                if (fresh.mayAnswer(address("198.51.100." + host), false, excess, now)
                        && excess > 0) {
                    taken[host] += excess;
                    total += excess;
                }
                double share = 1 + (now - begin) / 600e9;
                assertThat((double) taken[host])
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(
                                1.01 * share * ReflectionGuard.ADDRESS_ALLOWANCE_BYTES);
                assertThat((double) total)
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(1.01 * share * ReflectionGuard.PREFIX_ALLOWANCE_BYTES);
            }
        }
    }

    private long excessTaken(IpAddress source, int queries) {
        long excess = 0;
        for (int i = 0; i < queries; i++) {
            if (guard.mayAnswer(source, false, FULL, nowNanos)) {
                excess += FULL;
            }
        }
        return excess;
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
