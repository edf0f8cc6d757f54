package dev.starling.node;

import dev.starling.id.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `starling node`: a DHT node until it is stopped.
@Command(
        name = "node",
        description = "Run a DHT node, also as the bootstrap node of a network.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling node --port 6881                            (join the public DHT)",
            "  starling node --listen 10.0.0.7 --port 6881          (first node of a private one)",
            "  starling node --listen 10.0.0.8 --bootstrap 10.0.0.7:6881"
        })
final class NodeCommand implements Callable<Integer> {

    private static final Duration STATUS_PERIOD = Duration.ofMinutes(1);

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        try (var interrupt = Interrupt.watch();
                var dht = Dht.join(options, network, Dht.Role.NODE, new NodeReport(output))) {
            ready(dht, output);
            while (!interrupt.await(STATUS_PERIOD)) {
                if (output.isLive()) {
                    output.progress(
                            output.faint(Units.count(dht.service().contactCount(), "contact")));
                }
            }
            output.progress(dht.isPersistent() ? "stopping, contacts are saved" : "stopping");
        }
        return Interrupt.STATUS;
    }

    private void ready(Dht dht, Output output) {
        String id = dht.service().id().hex();
        List<String> addresses =
                dht.service().addresses().stream().map(Endpoint::toString).toList();
        output.event(Event.of("ready").text("id", id).texts("addresses", addresses));
        output.result("ready: node " + id + " on " + String.join(", ", addresses));
        if (!dht.isPersistent()) {
            output.progress(
                    "another Starling holds " + options.data() + ": this node remembers nothing");
        }
        if (network.isPrivateStart() && !dht.hasSavedContacts()) {
            output.progress(
                    "first node of a private network; others join with --bootstrap "
                            + addresses.getFirst());
        }
    }
}
