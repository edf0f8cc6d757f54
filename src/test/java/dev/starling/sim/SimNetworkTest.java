package dev.starling.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimNetworkTest {

    private static final Endpoint ALICE = Endpoint.parse("1.2.3.4:1").orElseThrow();
    private static final Endpoint BOB = Endpoint.parse("5.6.7.8:2").orElseThrow();
    private static final SimLatency TEN_MILLIS = new SimLatency.Fixed(Duration.ofMillis(10));

    private final SimClock clock = new SimClock();
    private final List<String> received = new ArrayList<>();

    @Test
    void aDatagramArrivesOnceAfterItsLatency() {
        var network = network(1, SimConditions.perfect(TEN_MILLIS));

        network.send(ALICE, BOB, text("hello"));
        clock.runUntil(Duration.ofMillis(9).toNanos());
        assertThat(received).isEmpty();

        clock.runUntil(Duration.ofMillis(11).toNanos());
        assertThat(received).containsExactly("hello");
    }

    @Test
    void lossAndDuplicationFollowTheirShares() {
        var lossy = SimConditions.perfect(TEN_MILLIS).losing(0.3).duplicating(0.2);
        var network = network(2, lossy);

        for (int i = 0; i < 10_000; i++) {
            network.send(ALICE, BOB, text("x"));
        }
        clock.runFor(Duration.ofSeconds(1).toNanos());

        assertThat(received).hasSizeBetween(8_200, 8_600); // 10,000 x 1.2 x 0.7
    }

    @Test
    void reorderedDatagramsOvertakeEachOther() {
        var network = network(3, SimConditions.perfect(TEN_MILLIS).reordering(0.5));

        for (int i = 0; i < 100; i++) {
            network.send(ALICE, BOB, text("%03d".formatted(i)));
            clock.runFor(Duration.ofMillis(2).toNanos());
        }
        clock.runFor(Duration.ofSeconds(1).toNanos());

        assertThat(received).hasSize(100);
        assertThat(received.stream().sorted().toList()).isNotEqualTo(received);
    }

    @Test
    void nothingReachesTheSilentTheUnboundOrTheOtherSide() {
        var network = network(4, SimConditions.perfect(TEN_MILLIS));

        network.silence(BOB);
        network.send(ALICE, BOB, text("to the silent"));
        clock.runFor(Duration.ofSeconds(1).toNanos());
        network.unsilence(BOB);
        network.side(BOB.address(), 1);
        network.send(ALICE, BOB, text("to the other side"));
        clock.runFor(Duration.ofSeconds(1).toNanos());
        network.side(BOB.address(), 0);
        network.send(ALICE, BOB, text("to the unbound"));
        network.unbind(BOB);
        clock.runFor(Duration.ofSeconds(1).toNanos());

        assertThat(received).isEmpty();
    }

    @Test
    void logNormalLatencyHasItsMedianAndItsTail() {
        var latency = SimLatency.logNormal(Duration.ofMillis(60), 0.6);
        var random = new SplittableRandom(5);

        long[] nanos =
                random.longs(10_001).map(place -> latency.nanos(place, 1)).sorted().toArray();

        assertThat(nanos[5_000] / 1e6).isBetween(58.0, 62.0);
        assertThat(nanos[9_000] / 1e6).isBetween(122.0, 137.0); // 60 x e^(0.6 x 1.2816) = 129.5
    }

    @Test
    void twoPlacesAreEquallyFarApartBothWays() {
        var latency = SimLatency.logNormal(Duration.ofMillis(60), 0.6);
        var network = network(6, SimConditions.perfect(latency));

        double there = network.delayNanos(ALICE.address(), BOB.address());
        double back = network.delayNanos(BOB.address(), ALICE.address());

        assertThat(there / back).isBetween(0.95, 1.05); // but for the jitter
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        long first = trace(6);
        long again = trace(6);
        long other = trace(7);

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    private static long trace(long seed) {
        var clock = new SimClock();
        var latency = SimLatency.logNormal(Duration.ofMillis(60), 0.6);
        var conditions = new SimConditions(latency, 0.1, 0.1, 0.1, 0);
        var network = new SimNetwork(clock, new SplittableRandom(seed), conditions);
        network.bind(ALICE, (from, datagram) -> network.send(ALICE, from, datagram));
        network.bind(BOB, (from, datagram) -> network.send(BOB, from, datagram));
        for (int i = 0; i < 20; i++) {
            network.send(ALICE, BOB, text("ball " + i));
        }
        clock.runFor(Duration.ofSeconds(2).toNanos());
        return network.trace().hash();
    }

    private SimNetwork network(long seed, SimConditions conditions) {
        var network = new SimNetwork(clock, new SplittableRandom(seed), conditions);
        network.bind(BOB, (_, datagram) -> received.add(US_ASCII.decode(datagram).toString()));
        return network;
    }

    private static ByteBuffer text(String text) {
        return US_ASCII.encode(text);
    }
}
