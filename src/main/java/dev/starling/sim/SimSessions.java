package dev.starling.sim;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long nodes stay, from coming to leaving.
public sealed interface SimSessions {

    /// Candidates of which one that is under way is chosen.
    int CANDIDATES = 32;

    /// Sessions as in measured file-sharing networks: a shape well below 1, many short ones and a
    /// few very long (Stutzbach and Rejaie 2006, "Understanding Churn in Peer-to-Peer Networks").
    static SimSessions measured() {
        return new Weibull(Duration.ofMinutes(60), 0.5);
    }

    /// Longer than any run.
    long MAX_NANOS = Duration.ofDays(365).toNanos();

    /// One session.
    long nanos(RandomGenerator random);

    /// What is left of a session met at any moment: long ones are met more often.
    default long restNanos(RandomGenerator random) {
        long[] lengths = new long[CANDIDATES];
        double sum = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            lengths[i] = nanos(random);
            sum += lengths[i];
        }
        double place = random.nextDouble() * sum;
        int chosen = 0;
        while (chosen < CANDIDATES - 1 && place >= lengths[chosen]) {
            place -= lengths[chosen];
            chosen++;
        }
        return (long) (lengths[chosen] * random.nextDouble());
    }

    /// Whoever has stayed long is as likely to leave in the next minute as a newcomer.
    record Exponential(Duration mean) implements SimSessions {
        @Override
        public long nanos(RandomGenerator random) {
            return (long) (-mean.toNanos() * StrictMath.log(1 - random.nextDouble()));
        }
    }

    /// With a shape below 1, whoever has stayed long is likely to stay on.
    record Weibull(Duration scale, double shape) implements SimSessions {
        public Weibull {
            if (!(shape > 0)) {
                throw new IllegalArgumentException("shape " + shape + " is not positive");
            }
        }

        @Override
        public long nanos(RandomGenerator random) {
            double exponential = -StrictMath.log(1 - random.nextDouble());
            double nanos = scale.toNanos() * StrictMath.pow(exponential, 1 / shape);
            return (long) Math.min(nanos, (double) MAX_NANOS);
        }
    }

    /// All stay equally long.
    record Fixed(Duration length) implements SimSessions {
        @Override
        public long nanos(RandomGenerator random) {
            return length.toNanos();
        }
    }
}
