package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.net.BackgroundThreads;
import dev.starling.node.config.ConfigFault;
import dev.starling.node.config.Configured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `starling node`: a DHT node until it is stopped.
@Command(
        name = "node",
        description = "Run a DHT node, also as the bootstrap node of a network.",
        mixinStandardHelpOptions = true,
        subcommands = NodeStatusCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling node --port 6881                          (join the public DHT)",
            "  starling node --port 6881 --profile bootstrap      (where others begin)",
            "  starling node --listen 10.0.0.7 --port 6881        (first of a private DHT)",
            "  starling node --listen 10.0.0.8 --bootstrap 10.0.0.7:6881",
            "  starling node --config /etc/starling/starling.conf (options from a file)",
            "  starling node --port 6881 --http 9090              (status page, metrics)",
            "  starling node status                               (of the one running here)"
        })
final class NodeCommand implements Callable<Integer> {

    /// In which a node under full load makes some tens of megabytes that outlive a young
    /// collection.
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(5);

    private static final int TURNS_PER_STATUS = 12;

    @Spec private CommandSpec spec;
    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;
    @Mixin private NodeOptions own;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var config = own.config();
        if (config.isEmpty()) {
            return run(Optional.empty());
        }
        var given = spec.commandLine().getParseResult();
        Reload.Reader reader = () -> filledIn(given, config.get());
        try {
            return reader.read().run(Optional.of(reader));
        } catch (ConfigFault fault) {
            options.output().error(fault.reason(), fault.hint());
            return ExitCode.USAGE;
        }
    }

    /// This command with what the file says besides.
    ///
    /// @param given the flags alone, which beat the file each time it is read
    private NodeCommand filledIn(ParseResult given, Path config) throws IOException, ConfigFault {
        var command = new NodeCommand();
        var mine = spec.commandLine();
        var line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(mine.getOut()).setErr(mine.getErr());
        Configured.parse(line, given, config);
        return command;
    }

    /// @param reader reads the config file again, where there is one
    private int run(Optional<Reload.Reader> reader)
            throws Failure, IOException, InterruptedException {
        own.log().ifPresent(LogSetup::level);
        var output = options.output();
        try (var interrupt = Interrupt.watch();
                var dht = Dht.serve(options, network, own.ringContacts(), new NodeReport(output));
                var _ = NodeHttp.serve(own, new NodeWatch(dht, network), options.data(), output)) {
            dht.service().bounds(own.bounds());
            reader.ifPresent(again -> watchConfig(again, dht, output));
            BackgroundThreads.giveWay();
            ready(dht, output);
            var garbage = GarbageWatch.ofThisProcess();
            for (int turn = 1; !interrupt.await(WATCH_PERIOD); turn++) {
                garbage.look();
                if (output.isLive() && turn % TURNS_PER_STATUS == 0) {
                    output.progress(
                            output.faint(Units.count(dht.service().contactCount(), "contact")));
                }
            }
            output.progress(dht.isPersistent() ? "stopping, contacts are saved" : "stopping");
        }
        return Interrupt.STATUS;
    }

    /// Reads the config file again at every SIGHUP.
    private void watchConfig(Reload.Reader reader, Dht dht, Output output) {
        var file = own.config().orElseThrow();
        var reload = new Reload(file, spec, dht.service()::bounds, output);
        Hangup.watch(() -> reload.read(reader));
    }

    CommandSpec spec() {
        return spec;
    }

    NodeOptions own() {
        return own;
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
