package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht sample`: infohashes that one node holds.
@Command(
        name = "sample",
        description = "Ask a node for some of the infohashes it holds peers of (BEP 51).",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht sample 192.0.2.1:6881",
            "  starling dht sample [::1]:6881 --json"
        })
final class DhtSampleCommand implements Callable<Integer> {

    /// Longer than a node takes to answer.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The node.")
    private String node;

    @Option(
            names = "--target",
            paramLabel = "ID",
            converter = IdConverter.class,
            description = "Ask for contacts close to this id besides (default: a random one).")
    private Optional<Id> target = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        Endpoint endpoint = Hosts.resolve(node);
        Id near = target.orElseGet(() -> Id.random(new SecureRandom()));
        try (var dht = Dht.alone(network)) {
            var sampled =
                    Waiting.forResult(
                            dht.service().sample(endpoint, near),
                            "the sampling",
                            PATIENCE,
                            network);
            var samples =
                    sampled.samples()
                            .orElseThrow(() ->
                                    new Failure(
                                            endpoint + " gives no samples",
                                            "It does not answer, or does not know BEP 51."));
            output.event(
                    Event.of("samples")
                            .text("address", endpoint.toString())
                            .number("total", samples.total())
                            .number("intervalSeconds", samples.intervalSeconds())
                            .texts(
                                    "infoHashes",
                                    samples.infoHashes().stream().map(Id::hex).toList())
                            .number("contacts", sampled.contacts().size()));
            samples.infoHashes().forEach(infoHash -> output.result(infoHash.hex()));
            output.progress(
                    samples.infoHashes().size()
                            + " of "
                            + samples.total()
                            + (samples.total() == 1 ? " infohash" : " infohashes")
                            + (samples.intervalSeconds() == 0
                                    ? ""
                                    : "; others after "
                                            + Units.duration(
                                                    Duration.ofSeconds(
                                                            samples.intervalSeconds()))));
            return 0;
        }
    }
}
