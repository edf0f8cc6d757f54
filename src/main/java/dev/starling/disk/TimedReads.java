package dev.starling.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads a torrent's bytes and notes whether the disk keeps up with hashing. Confined to one
/// thread.
final class TimedReads {

    /// Half a gigabyte a second. A disk slower than that is what we wait for, however we hash, and
    /// it is fastest when read in order.
    private static final int SLOW_NANOS_PER_BYTE = 2;

    /// The judgement is about the last so many bytes, more or less: enough that one interruption of
    /// the thread does not sway it.
    private static final long MEMORY_BYTES = 64 << 20;

    private final TorrentFiles files;
    private long nanos;
    private long bytes;

    TimedReads(TorrentFiles files) {
        this.files = files;
    }

    /// Fills the buffer from that offset of the torrent.
    void read(long offsetBytes, ByteBuffer into) throws IOException {
        long before = System.nanoTime();
        int length = into.remaining();
        files.read(offsetBytes, into);
        nanos += System.nanoTime() - before;
        bytes += length;
        if (bytes >= MEMORY_BYTES) {
            nanos /= 2;
            bytes /= 2;
        }
    }

    boolean isSlow() {
        return nanos > bytes * SLOW_NANOS_PER_BYTE;
    }
}
