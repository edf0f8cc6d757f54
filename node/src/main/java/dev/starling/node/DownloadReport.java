package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.runtime.Download;
import dev.starling.swarm.SwarmStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Tells the stages of one download as they are reached: as events, and as lines that stay on the
/// screen above the live one. Called on several loops; thread-safe.
final class DownloadReport extends TransferReport {

    private boolean hasSaidPeers;
    private boolean hasMetadata;

    DownloadReport(Output output, Stopwatch stopwatch) {
        super(output, stopwatch);
    }

    void ready(Download download, List<Endpoint> addresses) {
        output.event(
                Event.of("ready")
                        .text("infoHash", download.infoHash().hex())
                        .texts("addresses", addresses.stream().map(Endpoint::toString).toList()));
    }

    @Override
    public synchronized void peersFound(int found) {
        output.event(Event.of("peers").number("found", found));
        if (!hasSaidPeers && found > 0) {
            hasSaidPeers = true;
            say("found " + Units.count(found, "peer"));
        }
    }

    /// In the midst of a download it would only surprise.
    @Override
    void joined(int contacts) {
        if (!hasMetadata) {
            super.joined(contacts);
        }
    }

    @Override
    public synchronized void metadata(InfoDictionary info) {
        hasMetadata = true;
        output.event(
                Event.of("metadata")
                        .text("infoHash", info.infoHash().hex())
                        .text("name", info.name())
                        .number("lengthBytes", info.lengthBytes())
                        .number("pieces", info.pieceCount())
                        .fraction("seconds", stopwatch.seconds()));
        long files = info.files().stream().filter(file -> !file.isPadding()).count();
        say(
                output.bold(Output.harmless(info.name()))
                        + "  "
                        + Units.bytes(info.lengthBytes())
                        + " in "
                        + Units.count(files, "file"));
    }

    @Override
    public synchronized void opened(long haveBytes) {
        if (haveBytes > 0) {
            say(Units.bytes(haveBytes) + " are here already");
        }
    }

    @Override
    public synchronized void banned(Endpoint endpoint, String reason) {
        output.event(
                Event.of("banned")
                        .text("address", endpoint.toString())
                        .text("reason", Output.harmless(reason)));
        say(output.yellow("banned ") + endpoint + ": " + Output.harmless(reason));
    }

    synchronized void progressed(SwarmStatus status) {
        output.event(
                Event.of("progress")
                        .number("haveBytes", status.haveBytes())
                        .number("wantedBytes", status.wantedBytes())
                        .number("bytesPerSecond", Math.round(status.receiveBytesPerSecond()))
                        .number("receivedBytes", status.receivedBytes())
                        .number("peers", status.peersConnected()));
    }

    synchronized void completed(Path path, SwarmStatus status) {
        Duration elapsed = stopwatch.elapsed();
        output.event(
                Event.of("complete")
                        .text("path", path.toString())
                        .number("lengthBytes", status.wantedBytes())
                        .number("receivedBytes", status.receivedBytes())
                        .number("wastedBytes", status.wastedBytes())
                        .fraction("seconds", elapsed.toNanos() / 1e9));
        output.result(
                output.green("complete: ")
                        + Output.harmless(path.toString())
                        + "  "
                        + Units.bytes(status.wantedBytes())
                        + " in "
                        + Units.duration(elapsed)
                        + rate(status.receivedBytes(), elapsed));
    }

    /// Nothing when all of it was here already.
    private static String rate(long receivedBytes, Duration elapsed) {
        if (receivedBytes == 0) {
            return "";
        }
        double perSecond = receivedBytes / Math.max(elapsed.toNanos() / 1e9, 1e-3);
        return " (" + Units.rate(perSecond) + ")";
    }
}
