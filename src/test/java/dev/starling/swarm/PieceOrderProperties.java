package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PieceOrderProperties {

    private static final int PIECES = 40;
    private static final int PEERS = 30;

    @Test
    void theOrderAlwaysHoldsItsMembersRarestFirst() {
        for (long seed = 1; seed <= 50; seed++) {
            var random = new SplittableRandom(seed);
            var order = new PieceOrder(PIECES, random.split());
            var members = new TreeSet<Integer>();
            int[] availability = new int[PIECES];
            for (int step = 0; step < 500; step++) {
                int piece = random.nextInt(PIECES);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        order.add(piece);
                        members.add(piece);
                    }
                    case 1 -> {
                        order.remove(piece);
                        members.remove(piece);
                    }
                    case 2 -> {
                        if (availability[piece] < PEERS) {
                            order.increment(piece);
                            availability[piece]++;
                        }
                    }
                    default -> {
                        if (availability[piece] > 0) {
                            order.decrement(piece);
                            availability[piece]--;
                        }
                    }
                }
                check(order, members, availability, "seed " + seed + " step " + step);
            }
        }
    }

    @Test
    void equallyRarePiecesStandInRandomOrder() {
        var firsts = new TreeSet<Integer>();

        for (long seed = 1; seed <= 200; seed++) {
            var order = new PieceOrder(10, new SplittableRandom(seed));
            for (int piece = 0; piece < 10; piece++) {
                order.add(piece);
            }
            firsts.add(order.at(0));
        }

        assertThat(firsts).hasSize(10);
    }

    private static void check(
            PieceOrder order, Set<Integer> members, int[] availability, String when) {
        assertThat(order.size()).as(when).isEqualTo(members.size());
        var seen = new TreeSet<Integer>();
        for (int place = 0; place < order.size(); place++) {
            seen.add(order.at(place));
            if (place > 0) {
                assertThat(availability[order.at(place)])
                        .as(when)
                        .isGreaterThanOrEqualTo(availability[order.at(place - 1)]);
            }
        }
        assertThat(seen).as(when).isEqualTo(members);
    }
}
