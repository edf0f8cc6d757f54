package dev.starling.lookup;

import dev.starling.id.Id;
import dev.starling.routing.RoutingTable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// What lookups from one node cost in a [SyntheticDht], by virtual time. As a program it prints the
/// tables of `docs/lookups.md`:
///
/// ```
/// java -cp src/target/classes:src/target/test-classes dev.starling.lookup.LookupFigures \
///     NODES ALPHA WIDEST_BUCKET
/// ```
///
/// Times are medians in milliseconds; recall is the share of the k truly closest live nodes found.
record LookupFigures(
        long firstValuesMillis,
        long queriesUntilValues,
        long millis,
        long queries,
        long timeouts,
        long hops,
        double recall) {

    private static final int LOOKUPS = 300;

    /// Contacts of its own table a lookup begins with.
    private static final int START = 24;

    /// Answers our node has had before its first lookup: some minutes' worth.
    private static final int ANSWERS = 3_000;

    public static void main(String[] args) {
        var shape = SyntheticDht.Shape.usual(Integer.parseInt(args[0]));
        var standard = Lookup.Settings.standard();
        var settings =
                new Lookup.Settings(
                        standard.k(),
                        Integer.parseInt(args[1]),
                        standard.maxQueries(),
                        standard.maxNanos(),
                        standard.queryTimeoutNanos());
        System.out.println(
                measure(new SyntheticDht(shape, 1), settings, Integer.parseInt(args[2])));
    }

    static LookupFigures measure(SyntheticDht dht, Lookup.Settings settings, int widestBucket) {
        var random = new SplittableRandom(2);
        var table = table(dht, widestBucket, random);
        var times = new RoundTripTimes();
        var runs = new LookupRun[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            var lookup = new Lookup(table.selfId(), Id.random(random), settings, times);
            var run = new LookupRun(dht, lookup, times, i);
            runs[i] = run.from(table.closest(lookup.target(), START)).run();
        }
        return new LookupFigures(
                median(Arrays.stream(runs).mapToLong(run -> millis(run.firstValuesNanos))),
                median(Arrays.stream(runs).mapToLong(run -> run.queriesUntilValues)),
                median(Arrays.stream(runs).mapToLong(run -> millis(run.nanos))),
                median(Arrays.stream(runs).mapToLong(run -> run.asked.size())),
                median(Arrays.stream(runs).mapToLong(run -> run.lookup.trace().timeouts())),
                median(Arrays.stream(runs).mapToLong(run -> run.lookup.trace().hops())),
                Arrays.stream(runs).mapToDouble(LookupRun::recall).average().orElseThrow());
    }

    /// The table of a node that has heard many answers, its neighbours' among them.
    private static RoutingTable table(SyntheticDht dht, int widestBucket, SplittableRandom random) {
        var table = new RoutingTable(Id.random(random), widestBucket, random);
        for (var contact : dht.truth(table.selfId(), 2 * SyntheticDht.K)) {
            table.answered(contact, 1, 0);
        }
        for (int i = 0; i < ANSWERS; i++) {
            var near = table.selfId().prefixed(i % 20, Id.random(random));
            for (var contact : dht.truth(near, 1)) {
                table.answered(contact, 1, 0);
            }
        }
        return table;
    }

    private static long median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
