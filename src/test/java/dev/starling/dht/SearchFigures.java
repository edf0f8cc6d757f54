package dev.starling.dht;

import dev.starling.dht.SyntheticNetwork.SearchRecord;
import dev.starling.id.Id;
import dev.starling.lookup.SyntheticDht;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// What the searches of a node that has just joined cost in a [SyntheticNetwork], by virtual time,
/// announces included. As a program it prints the figures of `docs/lookups.md`:
///
/// ```
/// java -cp src/target/classes:src/target/test-classes:... dev.starling.dht.SearchFigures \
///     NODES DEAD_SHARE LOSS SYBILS_PER_TARGET LIAR_SHARE SECONDS_TO_JOIN
/// ```
record SearchFigures(List<SearchRecord> records, int queriesToJoin) {

    /// Nodes that join, one after another, and searches of each, one a second.
    private static final int STARTS = 12;

    private static final int SEARCHES = 24;

    /// The network a node joins and how long it has before its first search.
    record World(int nodes, double dead, double loss, int sybils, double liars, int seconds) {
        static World usual(int nodes) {
            return new World(nodes, 0.15, 0, 0, 0, 15);
        }

        static World hard(int nodes) {
            return new World(nodes, 0.45, 0.03, 0, 0, 15);
        }
    }

    public static void main(String[] args) {
        double[] numbers = new double[] {1_000_000, 0.15, 0, 0, 0, 15};
        for (int i = 0; i < args.length; i++) {
            numbers[i] = Double.parseDouble(args[i]);
        }
        var world =
                new World(
                        (int) numbers[0],
                        numbers[1],
                        numbers[2],
                        (int) numbers[3],
                        numbers[4],
                        (int) numbers[5]);
        System.out.println(measure(world, STARTS));
    }

    static SearchFigures measure(World world, int starts) {
        var random = new SplittableRandom(7);
        var targets = new ArrayList<Id>();
        var sybils = new ArrayList<Id>();
        for (int i = 0; i < starts * SEARCHES; i++) {
            var target = Id.random(random);
            targets.add(target);
            for (int s = 0; s < world.sybils; s++) {
                sybils.add(target.prefixed(96 + random.nextInt(55), Id.random(random)));
            }
        }
        int nodes = (int) (world.nodes / (1 - world.dead));
        var shape = new SyntheticDht.Shape(nodes, world.dead, world.liars, false);
        var dht = new SyntheticDht(shape, 1, sybils);
        var records = new ArrayList<SearchRecord>();
        int queries = 0;
        for (int start = 0; start < starts; start++) {
            var network = new SyntheticNetwork(dht, world.loss, 100 + start);
            network.join();
            network.run(Duration.ofSeconds(world.seconds));
            queries += network.queries;
            for (int i = 0; i < SEARCHES; i++) {
                records.add(network.search(targets.get(start * SEARCHES + i)));
                network.run(Duration.ofSeconds(1));
            }
            network.run(Duration.ofSeconds(20));
        }
        return new SearchFigures(records, queries / starts);
    }

    double firstMillis(double share) {
        return quantile(share, record -> record.firstMillis);
    }

    double queriesUntilFirst(double share) {
        return quantile(share, SearchRecord::queriesUntilFirst);
    }

    double queries(double share) {
        return quantile(share, record -> record.queries);
    }

    double lastAnnounceMillis(double share) {
        return quantile(share, record -> record.lastAnnounceMillis);
    }

    double recall() {
        return records.stream().mapToDouble(SearchRecord::recall).average().orElse(0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "first peers %.0f ms (p90 %.0f); %.0f queries until then, %.0f in all (p90 %.0f);"
                        + " last announce %.0f ms (p90 %.0f), recall %.3f; %d queries to join",
                firstMillis(0.5),
                firstMillis(0.9),
                queriesUntilFirst(0.5),
                queries(0.5),
                queries(0.9),
                lastAnnounceMillis(0.5),
                lastAnnounceMillis(0.9),
                recall(),
                queriesToJoin);
    }

    private double quantile(double share, ToDoubleFunction<SearchRecord> value) {
        double[] sorted = records.stream().mapToDouble(value).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
}
