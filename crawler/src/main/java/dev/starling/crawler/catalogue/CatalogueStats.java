package dev.starling.crawler.catalogue;

/// How much a catalogue holds.
///
/// @param torrents those that are visible
/// @param hidden those that a block matches
/// @param refused private-looking ones, of which only the infohash is kept
/// @param evicted those dropped to stay within the disk budget, since the catalogue was opened
/// @param diskBytes what it takes on disk; 0 where nothing is on a disk
public record CatalogueStats(
        long torrents, long hidden, long refused, long evicted, long diskBytes) {}
