package dev.starling.node;

import dev.starling.dht.DhtEffect;
import dev.starling.runtime.DhtListener;
import dev.starling.runtime.DownloadListener;

/// What downloading and sharing have in common to tell: that the DHT was joined, that it knows of
/// us, and what stands in the way. Called on several loops; thread-safe.
abstract class TransferReport implements DhtListener, DownloadListener {

    final Output output;
    final Stopwatch stopwatch;
    private String lastStall = "";

    TransferReport(Output output, Stopwatch stopwatch) {
        this.output = output;
        this.stopwatch = stopwatch;
    }

    final Stopwatch stopwatch() {
        return stopwatch;
    }

    @Override
    public synchronized void told(DhtEffect event) {
        switch (event) {
            case DhtEffect.Bootstrapped(int contacts) -> {
                output.event(
                        Event.of("bootstrapped")
                                .number("contacts", contacts)
                                .fraction("seconds", stopwatch.seconds()));
                joined(contacts);
            }
            case DhtEffect.BootstrapStalled stalled -> {
                if (BootstrapStall.isOfNodes(stalled)) {
                    stalled(BootstrapStall.reason(stalled), BootstrapStall.HINT);
                }
            }
            case DhtEffect.Send _, DhtEffect.ForCommand _, DhtEffect.IdChanged _ -> {}
        }
    }

    /// The DHT was joined; called under this object's lock.
    void joined(int contacts) {
        say("joined the DHT with " + Units.count(contacts, "contact"));
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

    final void say(String line) {
        output.progress((output.isLive() ? "\r\u001b[K" : "") + line);
    }
}
