package dev.starling.node;

import dev.starling.dht.DhtEffect.LookupEnded;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht find-node`: the nodes closest to an id.
@Command(
        name = "find-node",
        description = "Find the nodes closest to an id.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling dht find-node 0123456789abcdef0123456789abcdef01234567"})
final class DhtFindNodeCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "ID",
            converter = IdConverter.class,
            description = "40 hexadecimal digits.")
    private Id target;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        LookupEnded ended =
                Dht.visit(options, network, timeout, service -> service.findNode(target));
        for (Contact contact : ended.closest()) {
            output.event(
                    Event.of("node")
                            .text("id", contact.id().hex())
                            .text("address", contact.endpoint().toString()));
            output.result(contact.id() + "  " + contact.endpoint());
        }
        TraceTable.print(ended.trace(), output);
        if (ended.outcome() == Outcome.NO_CONTACTS || ended.closest().isEmpty()) {
            throw Waiting.nobodyAnswered(network);
        }
        return 0;
    }
}
