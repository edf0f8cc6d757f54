package dev.starling.crawler.catalogue;

import java.time.Instant;

/// A block in force.
public record Block(BlockRule rule, Instant since, Blocks.Note note) {}
