package dev.starling;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a rule with many seeds, so that a property is a plain test. A failure names its seed, and
/// `-Dstarling.seed=N` replays that one alone.
public final class Seeded {

    private static final String REPLAY = "starling.seed";

    private Seeded() {}

    /// What must hold whatever the random numbers are.
    @FunctionalInterface
    public interface Rule {
        void check(RandomGenerator random);
    }

    /// Checks the rule with the seeds from 0 to `count` - 1.
    public static void forSeeds(int count, Rule rule) {
        Long replay = Long.getLong(REPLAY);
        if (replay != null) {
            check(replay, rule);
            return;
        }
        for (long seed = 0; seed < count; seed++) {
            check(seed, rule);
        }
    }

    /// The same numbers for the same seed, on every machine.
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static void check(long seed, Rule rule) {
        try {
            rule.check(random(seed));
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " (replay with -D" + REPLAY + "=" + seed + ")", failure);
        }
    }
}
