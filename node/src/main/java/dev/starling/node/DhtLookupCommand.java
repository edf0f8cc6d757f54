package dev.starling.node;

import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht lookup`: the peers of an infohash, and how they were found.
@Command(
        name = "lookup",
        description = "Find the peers of an infohash, and announce if asked.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht lookup 0123456789abcdef0123456789abcdef01234567",
            "  starling dht lookup 'magnet:?xt=urn:btih:...' --trace",
            "  starling dht lookup 0123456789abcdef0123456789abcdef01234567 --announce 6881"
        })
final class DhtLookupCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(paramLabel = "INFOHASH|MAGNET", description = "What to look for.")
    private String what;

    @Option(
            names = "--announce",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Announce this TCP port for the infohash.")
    private Optional<Integer> announcePort = Optional.empty();

    @Option(names = "--trace", description = "Show every query of the lookup.")
    private boolean isTraced;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException, ExecutionException {
        var output = options.output();
        Id target = target();
        try (var dht = Dht.join(options, network, Dht.Role.VISITOR, told -> {})) {
            var recorder = new LookupRecorder(target, announcePort.isPresent());
            dht.service().findPeers(target, announce(), recorder);
            long millis = timeout.toMillis();
            print(recorder.result().get(millis, TimeUnit.MILLISECONDS), output);
            return 0;
        } catch (TimeoutException e) {
            throw new Failure(
                    "the lookup has not ended within " + Units.duration(timeout),
                    "Name a node that runs with --bootstrap HOST:PORT.",
                    e);
        }
    }

    private void print(LookupResult result, Output output) throws Failure {
        output.event(result.event());
        if (isTraced) {
            TraceTable.print(result.trace(), output);
        }
        result.peers().forEach(peer -> output.result(peer.toString()));
        output.progress(
                "%s; %s, %d unanswered, %s, %.0f ms"
                        .formatted(
                                Units.count(result.peers().size(), "peer"),
                                queries(result.trace().queries()),
                                result.trace().timeouts(),
                                Units.count(result.trace().hops(), "hop"),
                                result.millis()));
        if (announcePort.isPresent()) {
            output.progress("announced to " + Units.count(result.announcedTo(), "node"));
        }
        output.event(
                Event.of("summary")
                        .number("lookups", 1)
                        .number("found", result.peers().isEmpty() ? 0 : 1));
        if (result.outcome() == Outcome.NO_CONTACTS) {
            throw new Failure(
                    "no node has answered", "Name a node that runs with --bootstrap HOST:PORT.");
        }
    }

    private static String queries(int count) {
        return count == 1 ? "1 query" : count + " queries";
    }

    private Optional<DhtInput.Announce> announce() {
        return announcePort.map(port -> new DhtInput.Announce(port, false, false));
    }

    private Id target() throws Failure, IOException {
        return switch (TorrentSource.read(what)) {
            case TorrentSource.OfMagnet(Magnet magnet) -> magnet.infoHash();
            case TorrentSource.OfTorrent(var torrent) -> torrent.info().infoHash();
        };
    }
}
