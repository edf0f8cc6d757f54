package dev.starling.crawler.web.live;

import dev.starling.id.Id;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// Counts where in the keyspace nodes and infohashes were found and how far a sweep has come. Any
/// thread may add and read.
public final class KeyspaceTally {

    private static final int CELL_BITS = 8;

    /// The share of a cell that is swept, in units of the smallest zone there may be.
    private static final int UNIT_BITS = 24;

    private final AtomicLongArray nodes = new AtomicLongArray(Keyspace.CELLS);
    private final AtomicLongArray infoHashes = new AtomicLongArray(Keyspace.CELLS);
    private final AtomicLongArray swept = new AtomicLongArray(Keyspace.CELLS);

    /// An infohash was seen for the first time.
    public void infoHash(Id infoHash) {
        infoHashes.incrementAndGet(cell(infoHash));
    }

    /// A node was visited for the first time in this sweep.
    public void node(Id node) {
        nodes.incrementAndGet(cell(node));
    }

    private static int cell(Id id) {
        return (int) (id.high() >>> (Long.SIZE - CELL_BITS));
    }

    /// A zone is done with.
    ///
    /// @param index of the zone among `1 << bits` equal ones
    public void swept(int index, int bits) {
        if (bits < 0 || bits > CELL_BITS + UNIT_BITS || index < 0 || index >= 1L << bits) {
            throw new IllegalArgumentException("zone " + index + " of " + bits + " bits");
        }
        if (bits >= CELL_BITS) {
            int cell = index >>> (bits - CELL_BITS);
            swept.addAndGet(cell, 1L << (UNIT_BITS - (bits - CELL_BITS)));
            return;
        }
        int width = 1 << (CELL_BITS - bits);
        for (int i = 0; i < width; i++) {
            swept.addAndGet(index * width + i, 1L << UNIT_BITS);
        }
    }

    /// The next sweep begins: nodes are counted anew, infohashes stay found.
    public void sweepBegins() {
        for (int cell = 0; cell < Keyspace.CELLS; cell++) {
            swept.set(cell, 0);
            nodes.set(cell, 0);
        }
    }

    public Keyspace keyspace() {
        return new Keyspace(IntStream.range(0, Keyspace.CELLS).mapToObj(this::cell).toList());
    }

    private Keyspace.Cell cell(int index) {
        return new Keyspace.Cell(
                nodes.get(index),
                infoHashes.get(index),
                Math.min(1, swept.get(index) / (double) (1L << UNIT_BITS)));
    }
}
