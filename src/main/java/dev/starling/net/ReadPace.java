package dev.starling.net;

import java.util.ArrayList;
import java.util.List;

/// Lets connections that bring much rest for a moment between two reads, so that the kernel gathers
/// meanwhile what would otherwise be read in many small pieces, each with a turn of the loop and a
/// waking of the disk. Loop only.
final class ReadPace {

    /// A read this long comes from a link that is fast enough to be worth a rest: at half of it for
    /// each rest, 16 MB/s.
    private static final int WORTH_BYTES = 32 * 1024;

    /// Long enough for a read of [PeerPort#READ_BYTES] on a fast link, far less than any round trip
    /// that matters.
    private static final long REST_NANOS = 1_000_000;

    private final NetLoop loop;
    private List<PeerConnection> resting = new ArrayList<>();
    private List<PeerConnection> spare = new ArrayList<>();

    ReadPace(NetLoop loop) {
        this.loop = loop;
    }

    /// Whether a connection from which so much was read is to rest now. One that has filled its
    /// buffer has more to give at once.
    static boolean isWorthRest(int readBytes) {
        return readBytes >= WORTH_BYTES && readBytes < PeerPort.READ_BYTES;
    }

    /// Calls [PeerConnection#rested()] after the rest.
    void rest(PeerConnection connection) {
        if (resting.isEmpty()) {
            var _ = loop.schedule(this::end, REST_NANOS);
        }
        resting.add(connection);
    }

    private void end() {
        var rested = resting;
        resting = spare;
        rested.forEach(PeerConnection::rested);
        rested.clear();
        spare = rested;
    }
}
