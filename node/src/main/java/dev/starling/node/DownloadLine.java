package dev.starling.node;

import dev.starling.runtime.Download.DhtProgress;
import dev.starling.swarm.SwarmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The one line that says what a download is doing now and what it waits for.
final class DownloadLine {

    private DownloadLine() {}

    /// For a terminal.
    static String of(SwarmStatus status, DhtProgress dht, int contacts, Output output) {
        return switch (status.stage()) {
            case FETCHING_METADATA -> why(status, dht, contacts);
            case OPENING_STORAGE -> "opening the files";
            case DOWNLOADING, STORAGE_STALLED -> bar(status, output);
            case SEEDING -> seeding(status, output);
            case STOPPED -> "stopped";
        };
    }

    /// For a log.
    static String plain(SwarmStatus status) {
        return String.format(
                Locale.ROOT,
                "%d %%  %s of %s  %s  %s",
                status.haveBytes() * 100 / Math.max(status.wantedBytes(), 1),
                Units.bytes(status.haveBytes()),
                Units.bytes(status.wantedBytes()),
                Units.rate(status.receiveBytesPerSecond()),
                peers(status));
    }

    static String seeding(SwarmStatus status, Output output) {
        return output.green("seeding")
                + String.format(
                        Locale.ROOT,
                        "  %s  %s  %s sent",
                        peers(status),
                        Units.rate(status.sendBytesPerSecond()),
                        Units.bytes(status.sentBytes()));
    }

    /// What stands between now and the metadata, the nearest thing first.
    static String why(SwarmStatus status, DhtProgress dht, int contacts) {
        if (contacts == 0 && status.peersKnown() == 0) {
            return "joining the DHT: no node has answered yet";
        }
        if (status.peersKnown() == 0) {
            return "looking for peers: asked the DHT %s through %s, none found yet"
                    .formatted(
                            Units.count(dht.lookups(), "time"), Units.count(contacts, "contact"));
        }
        if (status.peersConnected() == 0) {
            return "found %s, tried %d, none reachable yet"
                    .formatted(Units.count(status.peersKnown(), "peer"), status.peersTried());
        }
        if (status.metadataBlockCount() == 0) {
            return "connected to %d of %s, waiting for the metadata"
                    .formatted(status.peersConnected(), Units.count(status.peersKnown(), "peer"));
        }
        if (status.metadataBlocks() < status.metadataBlockCount()) {
            return "metadata: %d of %s from %s"
                    .formatted(
                            status.metadataBlocks(),
                            Units.count(status.metadataBlockCount(), "block"),
                            peers(status));
        }
        return "%d of %s, %s, %d of them %s us download"
                .formatted(
                        status.havePieces(),
                        Units.count(status.pieceCount(), "piece"),
                        peers(status),
                        status.peersUnchokingUs(),
                        status.peersUnchokingUs() == 1 ? "lets" : "let");
    }

    private static String peers(SwarmStatus status) {
        return Units.count(status.peersConnected(), "peer");
    }

    private static String bar(SwarmStatus status, Output output) {
        double share = (double) status.haveBytes() / Math.max(status.wantedBytes(), 1);
        String bytes = Units.bytes(status.haveBytes()) + " of " + Units.bytes(status.wantedBytes());
        if (status.stage() == SwarmStatus.Stage.STORAGE_STALLED) {
            return Bar.of(share, List.of(bytes, "waiting for the disk"), output, output.columns());
        }
        var fields =
                List.of(
                        bytes,
                        Units.rate(status.receiveBytesPerSecond()),
                        left(status),
                        peers(status),
                        status.havePieces() + " of " + Units.count(status.pieceCount(), "piece"));
        return Bar.of(share, fields, output, output.columns());
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
