package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SheddingTest {

    private static final IpAddress FRIEND = IpAddress.v4(0x0b000001);
    private static final IpAddress STRANGER = IpAddress.v4(0x0b000002);

    private final Shedding shedding = new Shedding((source, _) -> source.equals(FRIEND));
    private final Loop loop = new Loop();

    /// A loop that takes this long for a datagram, reads a crowd in a turn, and whose socket holds
    /// so many; the figures are those of one slow core.
    private final class Loop {
        static final long ANSWER_NANOS = 7_500;
        static final long DROP_NANOS = 1_000;
        static final int BUFFER = 2_500;
        static final long CAPACITY_PER_SECOND = 1_000_000_000 / ANSWER_NANOS;
        static final long FRIENDS_PER_SECOND = 1_000;

        private final SplittableRandom random = new SplittableRandom(11);
        private final Deque<IpAddress> waiting = new ArrayDeque<>();
        private long nowNanos = 1;
        private long arrivedNanos = 1;
        private double due;
        private long friends;
        private long friendsServed;
        private long strangers;
        private long strangersServed;

        /// Runs while so many strangers a second ask, as many as capacity has `times`.
        void run(double times, double seconds) {
            friends = 0;
            friendsServed = 0;
            strangers = 0;
            strangersServed = 0;
            double perNano = (times * CAPACITY_PER_SECOND + FRIENDS_PER_SECOND) / 1e9;
            double friendShare = FRIENDS_PER_SECOND / 1e9 / perNano;
            long endNanos = nowNanos + (long) (seconds * 1e9);
            while (nowNanos < endNanos) {
                arrive(perNano, friendShare);
                if (waiting.isEmpty()) {
                    nowNanos += 50_000;
                } else {
                    turn();
                }
            }
        }

        private void arrive(double perNano, double friendShare) {
            due += (nowNanos - arrivedNanos) * perNano;
            arrivedNanos = nowNanos;
            for (; due >= 1; due--) {
                boolean isFriend = random.nextDouble() < friendShare;
                friends += isFriend ? 1 : 0;
                strangers += isFriend ? 0 : 1;
                if (waiting.size() < BUFFER) {
                    waiting.add(isFriend ? FRIEND : STRANGER);
                }
            }
        }

        private void turn() {
            long turnNanos = nowNanos;
            for (int i = 0; i < Shedding.CROWD && !waiting.isEmpty(); i++) {
                var source = waiting.remove();
                if (shedding.drops(source, turnNanos)) {
                    nowNanos += DROP_NANOS;
                } else {
                    nowNanos += ANSWER_NANOS;
                    friendsServed += source.equals(FRIEND) ? 1 : 0;
                    strangersServed += source.equals(FRIEND) ? 0 : 1;
                }
            }
        }

        double friendShare() {
            return (double) friendsServed / friends;
        }

        double strangerShare() {
            return (double) strangersServed / strangers;
        }
    }

    @Test
    void atThreeTimesWhatCanBeAnsweredThoseWeKnowAreServed() {
        loop.run(3, 2);

        assertThat(loop.friendShare()).isGreaterThan(0.95);
        assertThat(loop.strangerShare()).isBetween(0.05, 1.0 / 3);
    }

    @Test
    void withinASecondAfterAFloodEverybodyIsServed() {
        loop.run(3, 2);
        loop.run(0.5, 1);

        loop.run(0.5, 1);

        assertThat(loop.friendShare()).isGreaterThan(0.99);
        assertThat(loop.strangerShare()).isGreaterThan(0.99);
    }

    @Test
    void belowWhatCanBeAnsweredNobodyIsDropped() {
        loop.run(0.9, 5);

        assertThat(loop.strangerShare()).isGreaterThan(0.999);
    }

    @Test
    void aBurstThatOneTurnTakesInIsAnsweredWhole() {
        for (int i = 0; i < Shedding.CROWD; i++) {
            assertThat(shedding.drops(STRANGER, 1)).isFalse();
        }
    }

    @Test
    void someStrangersGetThroughWhateverComes() {
        for (int turn = 1; turn <= 1_000; turn++) {
            for (int i = 0; i < Shedding.CROWD; i++) {
                shedding.drops(STRANGER, turn);
            }
        }

        assertThat(shedding.quota()).isEqualTo(Shedding.LEAST_QUOTA);
        assertThat(shedding.drops(STRANGER, 2_000)).isFalse();
    }
}
