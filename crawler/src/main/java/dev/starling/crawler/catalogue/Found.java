package dev.starling.crawler.catalogue;

import java.util.List;
import java.util.Optional;

/// A catalogued torrent with all that is known of it.
///
/// @param history measurements, oldest first, as [HealthHistory] keeps them
public record Found(
        CatalogueEntry entry, Classification classification, List<SwarmHealth> history) {

    public Found {
        history = List.copyOf(history);
    }

    /// The latest measurement.
    public Optional<SwarmHealth> health() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    public int seeds() {
        return health().map(SwarmHealth::seeds).orElse(0);
    }
}
