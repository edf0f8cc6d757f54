package dev.starling.crawler.web.live;

import java.util.List;

/// The keyspace cut into [#CELLS] equal parts by the first byte of ids.
public record Keyspace(List<Cell> cells) {

    /// One for each first byte: fine enough to show a gap, coarse enough for a phone.
    public static final int CELLS = 256;

    public Keyspace {
        cells = List.copyOf(cells);
        if (cells.size() != CELLS) {
            throw new IllegalArgumentException(cells.size() + " cells, expected " + CELLS);
        }
    }

    /// One part.
    ///
    /// @param nodes that lie there and were visited in this sweep
    /// @param infoHashes that lie there
    /// @param swept the share of it that this sweep is done with, 0 to 1
    public record Cell(long nodes, long infoHashes, double swept) {}
}
