package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.runtime.DhtService.Pong;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht ping`: asks one node whether it answers.
@Command(
        name = "ping",
        description = "Ask a node whether it answers.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht ping router.bittorrent.com:6881",
            "  starling dht ping [::1]:6881"
        })
final class DhtPingCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The node.")
    private String node;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "3",
            converter = CountConverter.class,
            description = "How many pings (default: ${DEFAULT-VALUE}).")
    private int count;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException, ExecutionException {
        var output = options.output();
        Endpoint endpoint = Hosts.resolve(node);
        int answered = 0;
        try (var dht = Dht.alone(network)) {
            for (int i = 0; i < count; i++) {
                Optional<Pong> pong = dht.service().ping(endpoint).get();
                answered += pong.isPresent() ? 1 : 0;
                report(endpoint, pong, output);
            }
        }
        if (answered == 0) {
            throw new Failure(
                    endpoint + " does not answer",
                    "Is a DHT node running there, and is UDP open in between?");
        }
        return 0;
    }

    private static void report(Endpoint endpoint, Optional<Pong> pong, Output output) {
        if (pong.isEmpty()) {
            output.event(Event.of("timeout").text("address", endpoint.toString()));
            output.progress("no answer from " + endpoint);
            return;
        }
        Duration roundTrip = pong.get().roundTrip();
        String id = pong.get().contact().id().hex();
        output.event(
                Event.of("pong")
                        .text("address", endpoint.toString())
                        .text("id", id)
                        .fraction("millis", roundTrip.toNanos() / 1e6));
        output.result(
                "%s answers as %s in %s".formatted(endpoint, id, Units.milliseconds(roundTrip)));
    }
}
