package dev.starling.crawler.catalogue;

import dev.starling.id.Id;

/// What a scrape measured of one swarm.
public record HealthReading(Id infoHash, SwarmHealth health) {}
