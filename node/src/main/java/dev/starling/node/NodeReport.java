package dev.starling.node;

import dev.starling.dht.DhtEffect;
import dev.starling.runtime.DhtListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells how a node joins its network, and what stands in the way. Called on several threads;
/// thread-safe.
final class NodeReport implements DhtListener {

    private final Output output;
    private final Stopwatch stopwatch = Stopwatch.sinceNow();
    private final Set<String> saidUnknown = new HashSet<>();

    NodeReport(Output output) {
        this.output = output;
    }

    @Override
    public void told(DhtEffect told) {
        switch (told) {
            case DhtEffect.Bootstrapped(int contacts) -> bootstrapped(contacts);
            case DhtEffect.BootstrapStalled stalled -> {
                if (BootstrapStall.isOfNodes(stalled)) {
                    stalled(BootstrapStall.reason(stalled), BootstrapStall.HINT);
                }
            }
            case DhtEffect.IdChanged(var id, var external) ->
                    output.progress(
                            "seen from outside as " + external + ", so the id is now " + id);
            case DhtEffect.Send _, DhtEffect.ForCommand _ -> {}
        }
    }

    /// Each name once.
    @Override
    public synchronized void hostsUnknown(List<String> hosts) {
        for (String host : hosts) {
            if (saidUnknown.add(host)) {
                stalled(
                        "no name server knows " + Output.harmless(host),
                        "Is it spelled right, and is this machine online?");
            }
        }
    }

    private void bootstrapped(int contacts) {
        Duration elapsed = stopwatch.elapsed();
        output.event(
                Event.of("bootstrapped")
                        .number("contacts", contacts)
                        .fraction("seconds", elapsed.toMillis() / 1_000.0));
        output.progress(
                "joined the DHT with "
                        + Units.count(contacts, "contact")
                        + " in "
                        + Units.duration(elapsed));
    }

    private void stalled(String reason, String hint) {
        output.event(Event.of("stalled").text("reason", reason).text("hint", hint));
        output.progress("still trying: " + reason + ". " + hint);
    }
}
