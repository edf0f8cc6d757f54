package dev.starling.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Choosing some of many, each as likely as any other, in one pass.
public final class Sampling {

    private Sampling() {}

    /// At most `limit` of `all` (Vitter 1985, algorithm R).
    public static <T> List<T> of(Iterable<T> all, int limit, RandomGenerator random) {
        var sample = new ArrayList<T>(limit);
        int seen = 0;
        for (T each : all) {
            seen++;
            if (sample.size() < limit) {
                sample.add(each);
            } else {
                int place = random.nextInt(seen);
                if (place < limit) {
                    sample.set(place, each);
                }
            }
        }
        return sample;
    }
}
