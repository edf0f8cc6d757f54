package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What each fault does, and that a world with all of them keeps its invariants.
class SimFaultsSimTest {

    @Test
    void aWorldWithEveryFaultKeepsItsInvariants() {
        var faults = SimFaults.none().with(SimSessions.measured());
        for (var fault : SimFault.values()) {
            faults = faults.with(fault, fault.most() > 1 ? 10 : 0.1);
        }
        var world = SimWorld.seeded(7);
        world.settled(50, faults, Id.random(world.random()));
        var lookups = new SimLookups(world);

        for (int minute = 0; minute < 10; minute++) {
            lookups.findNode();
            world.runFor(Duration.ofMinutes(1));
        }

        assertThat(lookups.samples()).hasSizeGreaterThan(5);
        assertThat(world.checks()).isGreaterThan(10_000);
    }

    @Test
    void whoSitsBehindNatHearsOnlyWhomItHasContacted() {
        var nat = new SimNat();
        var friend = new Endpoint(IpAddress.v4(0x01020304), 1);
        var stranger = new Endpoint(IpAddress.v4(0x01020304), 2);

        nat.sends(friend, 0);

        assertThat(nat.letsIn(friend, 1)).isTrue();
        assertThat(nat.letsIn(stranger, 1)).isFalse();
        assertThat(nat.letsIn(friend, Duration.ofMinutes(3).toNanos())).isFalse();
    }

    @Test
    void clocksRunApartAndNobodyNotices() {
        var world = SimWorld.seeded(8).skewed(0.05).dhtNodes(60);
        var lookups = new SimLookups(world);

        for (int i = 0; i < 20; i++) {
            lookups.findNode();
        }
        world.runUntil(() -> lookups.underWay() == 0);

        assertThat(lookups.samples()).allMatch(sample -> sample.recall() > 0.8);
    }

    @Test
    void aSkewedClockShowsATimeFirstWhenItSaysSo() {
        var random = new SplittableRandom(9);
        for (int i = 0; i < 1_000; i++) {
            var skew = SimSkew.random(0.1, random);
            long local = skew.local(random.nextLong(1L << 45));

            long when = skew.whenShows(local);

            assertThat(skew.local(when)).isGreaterThanOrEqualTo(local);
            assertThat(skew.local(when - 1)).isLessThanOrEqualTo(local);
        }
    }

    @Test
    void sessionsUnderWayAreTheLongOnes() {
        var random = new SplittableRandom(10);
        var sessions = SimSessions.measured();

        double whole =
                random.ints(5_000).mapToLong(_ -> sessions.nanos(random)).average().orElse(0);
        double rest =
                random.ints(5_000).mapToLong(_ -> sessions.restNanos(random)).average().orElse(0);

        assertThat(rest).isGreaterThan(1.5 * whole);
    }

    @Test
    void latencyIsDrawnFromWhatWasMeasured() {
        var random = new SplittableRandom(11);
        var latency = SimLatency.measured(List.of(Duration.ofMillis(10), Duration.ofMillis(30)));

        double[] millis =
                random.longs(10_000).mapToDouble(place -> latency.nanos(place, 1) / 1e6).toArray();

        assertThat(Arrays.stream(millis).min().orElse(0)).isBetween(10.0, 10.1);
        assertThat(Arrays.stream(millis).average().orElse(0)).isCloseTo(20, within(0.3));
    }

    @Test
    void regionsAreNearThemselvesAndFarFromOthers() {
        var random = new SplittableRandom(12);

        double[] millis =
                random.longs(10_000)
                        .mapToDouble(place -> SimLatency.REGIONS.nanos(place, 5) / 1e6)
                        .toArray();

        assertThat(Arrays.stream(millis).min().orElse(0)).isLessThan(30);
        assertThat(Arrays.stream(millis).max().orElse(0)).isGreaterThan(110);
    }

    @Test
    void slowHostsTakeSecondsBothWays() {
        var conditions = SimConditions.perfect(new SimLatency.Fixed(Duration.ofMillis(1)));
        var network =
                new SimNetwork(new SimClock(), new SplittableRandom(13), conditions.slowHosts(0.2));

        int slow = 0;
        for (int i = 0; i < 2_000; i++) {
            var host = IpAddress.v4(0x10000000 + i);
            long there = network.distanceNanos(host, IpAddress.v4(0x20000000));
            slow += there > Duration.ofMillis(499).toNanos() ? 1 : 0;
        }

        assertThat(slow / 2_000.0).isBetween(0.1, 0.3);
    }

    @Test
    void forgedPacketsGetNobodyIntoATable() {
        var world = SimWorld.seeded(14);
        var faults = SimFaults.none().with(SimFault.SPOOFED, 200);
        world.settled(30, faults, Id.random(world.random()));
        List<Contact> honest = world.nodes().stream().map(SimDhtNode::contact).toList();

        world.runFor(Duration.ofMinutes(2));

        for (var node : world.nodes()) {
            assertThat(node.node().contacts()).allMatch(state -> honest.contains(state.contact()));
        }
    }

    @Test
    void firstLookupsReachTheHonestWhereAFifthLieAndSybilsSitAtTheTarget() {
        var world = SimWorld.seeded(11);
        var target = Id.random(world.random());
        var faults = SimFaults.none().with(SimFault.LIARS, 0.2).with(SimFault.SYBILS, 20);
        world.settled(1_000, faults, target);
        var lookups = new SimLookups(world);

        for (int i = 0; i < 10; i++) {
            lookups.announce(world.anyNode(), target, 6_881);
            lookups.findNode();
            world.runFor(Duration.ofSeconds(2));
        }
        world.runFor(Duration.ofSeconds(30));

        assertThat(lookups.samples()).hasSize(20);
        double recall = lookups.samples().stream().mapToDouble(SimLookups.Sample::recall).sum();
        assertThat(recall / lookups.samples().size()).isGreaterThan(0.9);
    }

    @Test
    void aFigureOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimFaults.none().with(SimFault.LOSS, 1.5))
                .withMessage("loss 1.5 is not in 0..1.0");
    }
}
