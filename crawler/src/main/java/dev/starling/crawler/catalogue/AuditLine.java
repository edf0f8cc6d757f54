package dev.starling.crawler.catalogue;

import java.time.Instant;

/// One change of the blocks.
///
/// @param torrents how many it hid or brought back
public record AuditLine(
        Instant when, Action action, BlockRule rule, long torrents, Blocks.Note note) {

    public enum Action {
        ADDED,
        LIFTED
    }
}
