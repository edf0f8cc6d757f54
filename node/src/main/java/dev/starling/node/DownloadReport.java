package dev.starling.node;

import dev.starling.dht.DhtEffect;
import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.runtime.DhtListener;
import dev.starling.runtime.Download;
import dev.starling.runtime.DownloadListener;
import dev.starling.swarm.SwarmStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Tells the stages of one download as they are reached: as events, and as lines that stay on the
/// screen above the live one. Called on several loops; thread-safe.
final class DownloadReport implements DhtListener, DownloadListener {

    private final Output output;
    private final Stopwatch stopwatch;
    private boolean hasSaidPeers;
    private String lastStall = "";

    DownloadReport(Output output, Stopwatch stopwatch) {
        this.output = output;
        this.stopwatch = stopwatch;
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    void ready(Download download, List<Endpoint> addresses) {
        output.event(
                Event.of("ready")
                        .text("infoHash", download.infoHash().hex())
                        .texts("addresses", addresses.stream().map(Endpoint::toString).toList()));
    }

    @Override
    public synchronized void told(DhtEffect event) {
        switch (event) {
            case DhtEffect.Bootstrapped(int contacts) -> {
                output.event(
                        Event.of("bootstrapped")
                                .number("contacts", contacts)
                                .fraction("seconds", stopwatch.seconds()));
                say("joined the DHT with " + Units.count(contacts, "contact"));
            }
            case DhtEffect.BootstrapStalled stalled -> {
                if (BootstrapStall.isOfNodes(stalled)) {
                    stalled(BootstrapStall.reason(stalled), BootstrapStall.HINT);
                }
            }
            case DhtEffect.Send _,
                    DhtEffect.PeersFound _,
                    DhtEffect.LookupEnded _,
                    DhtEffect.Announced _,
                    DhtEffect.Ponged _,
                    DhtEffect.PingUnanswered _,
                    DhtEffect.IdChanged _ -> {}
        }
    }

    @Override
    public synchronized void peersFound(int found) {
        output.event(Event.of("peers").number("found", found));
        if (!hasSaidPeers && found > 0) {
            hasSaidPeers = true;
            say("found " + Units.count(found, "peer"));
        }
    }

    @Override
    public synchronized void metadata(InfoDictionary info) {
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

    @Override
    public synchronized void stalled(String reason, String hint) {
        if (reason.equals(lastStall)) {
            return;
        }
        lastStall = reason;
        output.event(Event.of("stalled").text("reason", reason).text("hint", hint));
        say(output.yellow("waiting: ") + reason + (hint.isEmpty() ? "" : ". " + hint));
    }

    @Override
    public synchronized void resumed() {
        lastStall = "";
    }

    @Override
    public synchronized void announced(int nodes, long elapsedNanos) {
        output.event(
                Event.of("announced")
                        .number("nodes", nodes)
                        .fraction("seconds", elapsedNanos / 1e9));
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

    private void say(String line) {
        output.progress((output.isLive() ? "\r\u001b[K" : "") + line);
    }
}
