package dev.starling.node;

import dev.starling.dht.DhtEffect;
import dev.starling.runtime.DhtListener;
import dev.starling.runtime.DownloadListener;

/// Tells when the DHT knows of a share, and what stands in the way. Called on several loops;
/// thread-safe.
final class ShareReport implements DhtListener, DownloadListener {

    private final Output output;
    private int saidNodes = -1;

    ShareReport(Output output) {
        this.output = output;
    }

    @Override
    public synchronized void told(DhtEffect event) {
        switch (event) {
            case DhtEffect.Bootstrapped(int contacts) ->
                    say("joined the DHT with " + Units.count(contacts, "contact"));
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

    /// An event each time; a line only when the number is news to a person.
    @Override
    public synchronized void announced(int nodes, long elapsedNanos) {
        output.event(
                Event.of("announced")
                        .number("nodes", nodes)
                        .fraction("seconds", elapsedNanos / 1e9));
        if (nodes != saidNodes) {
            saidNodes = nodes;
            say("announced to " + Units.count(nodes, "node") + " of the DHT");
        }
    }

    @Override
    public synchronized void stalled(String reason, String hint) {
        output.event(Event.of("stalled").text("reason", reason).text("hint", hint));
        say(output.yellow("waiting: ") + reason + ". " + hint);
    }

    private void say(String line) {
        output.progress((output.isLive() ? "\r\u001b[K" : "") + line);
    }
}
