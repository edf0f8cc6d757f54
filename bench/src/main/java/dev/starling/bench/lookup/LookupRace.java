package dev.starling.bench.lookup;

import dev.starling.id.Id;
import java.time.Duration;
import java.util.List;

/// The course that every racer runs.
///
/// @param bootstrap `HOST:PORT` of nodes to join by
/// @param warmup time to join the DHT first
/// @param every time between the starts of two lookups
record LookupRace(
        List<String> bootstrap,
        List<Id> targets,
        Duration warmup,
        Duration every,
        boolean isAnnouncing) {

    LookupRace {
        bootstrap = List.copyOf(bootstrap);
        targets = List.copyOf(targets);
    }
}
