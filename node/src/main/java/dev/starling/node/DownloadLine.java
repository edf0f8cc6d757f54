package dev.starling.node;

import dev.starling.runtime.Download.DhtProgress;
import dev.starling.swarm.SwarmStatus;
import java.time.Duration;
import java.util.Locale;

/// The one line that says what a download is doing now and what it waits for.
final class DownloadLine {

    private static final int BAR_CELLS = 24;

    private DownloadLine() {}

    /// For a terminal.
    static String of(SwarmStatus status, DhtProgress dht, int contacts, Output output) {
        return switch (status.stage()) {
            case FETCHING_METADATA -> why(status, dht, contacts);
            case OPENING_STORAGE -> "opening the files";
            case DOWNLOADING -> bar(status, output);
            case STORAGE_STALLED -> bar(status, output) + "  waiting for the disk";
            case SEEDING -> seeding(status, output);
            case STOPPED -> "stopped";
        };
    }

    /// For a log.
    static String plain(SwarmStatus status) {
        return String.format(
                Locale.ROOT,
                "%d %%  %s of %s  %s  %d peers",
                status.haveBytes() * 100 / Math.max(status.wantedBytes(), 1),
                Units.bytes(status.haveBytes()),
                Units.bytes(status.wantedBytes()),
                Units.rate(status.receiveBytesPerSecond()),
                status.peersConnected());
    }

    static String seeding(SwarmStatus status, Output output) {
        return output.green("seeding")
                + String.format(
                        Locale.ROOT,
                        "  %d peers  %s  %s sent",
                        status.peersConnected(),
                        Units.rate(status.sendBytesPerSecond()),
                        Units.bytes(status.sentBytes()));
    }

    /// What stands between now and the metadata, the nearest thing first.
    static String why(SwarmStatus status, DhtProgress dht, int contacts) {
        if (contacts == 0 && status.peersKnown() == 0) {
            return "joining the DHT: no node has answered yet";
        }
        if (status.peersKnown() == 0) {
            return "looking for peers: asked the DHT %d times through %d contacts, none found yet"
                    .formatted(dht.lookups(), contacts);
        }
        if (status.peersConnected() == 0) {
            return "found %d peers, tried %d, none reachable yet"
                    .formatted(status.peersKnown(), status.peersTried());
        }
        if (status.metadataBlockCount() == 0) {
            return "connected to %d of %d peers, waiting for the metadata"
                    .formatted(status.peersConnected(), status.peersKnown());
        }
        if (status.metadataBlocks() < status.metadataBlockCount()) {
            return "metadata: %d of %d blocks from %d peers"
                    .formatted(
                            status.metadataBlocks(),
                            status.metadataBlockCount(),
                            status.peersConnected());
        }
        return "%d of %d pieces, %d peers, %d of them let us download"
                .formatted(
                        status.havePieces(),
                        status.pieceCount(),
                        status.peersConnected(),
                        status.peersUnchokingUs());
    }

    private static String bar(SwarmStatus status, Output output) {
        double share = (double) status.haveBytes() / Math.max(status.wantedBytes(), 1);
        int full = (int) (share * BAR_CELLS);
        return String.format(
                Locale.ROOT,
                "%s%s %3.0f %%  %s of %s  %s  %d peers  %d of %d pieces  %s",
                output.green("━".repeat(full)),
                output.faint("━".repeat(BAR_CELLS - full)),
                Math.floor(share * 100),
                Units.bytes(status.haveBytes()),
                Units.bytes(status.wantedBytes()),
                Units.rate(status.receiveBytesPerSecond()),
                status.peersConnected(),
                status.havePieces(),
                status.pieceCount(),
                left(status));
    }

    private static String left(SwarmStatus status) {
        if (status.receiveBytesPerSecond() < 1) {
            return status.peersUnchokingUs() == 0
                    ? "no peer lets us download yet"
                    : "nothing is coming";
        }
        double seconds =
                (status.wantedBytes() - status.haveBytes()) / status.receiveBytesPerSecond();
        return Units.duration(Duration.ofSeconds((long) Math.ceil(seconds))) + " left";
    }
}
