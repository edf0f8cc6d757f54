package dev.starling.node;

import dev.starling.dht.DhtInput;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  starling dht lookup 'magnet:?xt=urn:btih:...' --trace --output lookup.svg",
            "  starling dht lookup 0123456789abcdef0123456789abcdef01234567 --announce 6881"
        })
final class DhtLookupCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "INFOHASH|MAGNET",
            converter = SourceConverter.class,
            description = "What to look for.")
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
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Draws the lookup's way through the keyspace there, as .svg or .html.")
    private Optional<Path> drawing = Optional.empty();

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
        Id target = target();
        LookupResult result =
                Dht.visit(
                        options,
                        network,
                        timeout,
                        service -> {
                            var recorder = new LookupRecorder(target, announcePort.isPresent());
                            service.findPeers(target, announce(), recorder);
                            return recorder.result();
                        });
        print(result, output);
        if (drawing.isPresent()) {
            var picture = new LookupDrawing(result.trace());
            boolean isSvg = drawing.get().toString().endsWith(".svg");
            Files.writeString(drawing.get(), isSvg ? picture.svg() : picture.html());
        }
        if (result.outcome() == Outcome.NO_CONTACTS) {
            throw Waiting.nobodyAnswered(network);
        }
        return 0;
    }

    private void print(LookupResult result, Output output) {
        output.event(result.event());
        if (isTraced) {
            TraceTable.print(result.trace(), output);
            output.progress(output.faint("bits shared, and when asked and answered"));
            new LookupDrawing(result.trace()).text().forEach(output::progress);
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
