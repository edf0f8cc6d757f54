package dev.starling.node;

import dev.starling.dht.DhtEffect.ItemSearchEnded;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.MutableMagnet;
import dev.starling.item.TorrentPointer;
import dev.starling.metainfo.Magnet;
import dev.starling.runtime.Download;
import dev.starling.runtime.DownloadService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling follow`: downloads the newest version behind a link, and every one that follows.
@Command(
        name = "follow",
        description = "Download what a link of starling publish names, again whenever it changes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling follow 'magnet:?xs=urn:btpk:...' -o ~/Feed",
            "  starling follow 'magnet:?xs=urn:btpk:...' --once",
            "",
            "It goes on seeding. Files that did not change are not downloaded again."
        })
final class FollowCommand implements Callable<Integer> {

    /// How often a download is looked at.
    private static final Duration GLANCE = Duration.ofMillis(200);

    /// How soon the link is looked up again while nothing is found.
    private static final Duration SOON = Duration.ofSeconds(5);

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "MAGNET",
            converter = LinkConverter.class,
            description = "A link with xs=urn:btpk: in it.")
    private MutableMagnet link;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Download folder (default: here).")
    private Path folder = Path.of("");

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "How often to look for a new version (default: ${DEFAULT-VALUE}).")
    private Duration period = Duration.ZERO;

    @Option(names = "--once", description = "End when the newest version is complete.")
    private boolean isOnce;

    /// The number of the last version that was told to be complete.
    private long told = Long.MIN_VALUE;

    /// The version at hand.
    private record Version(Item.Mutable item, Download download) {}

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        Path target = Folders.make(folder.toAbsolutePath().normalize(), "-o");
        var report = new DownloadReport(output, Stopwatch.sinceProcessStart());
        try (var interrupt = Interrupt.watch();
                var dht = Dht.join(options, network, Dht.Role.NODE, report);
                var downloads = downloads(dht)) {
            output.event(
                    Event.of("ready")
                            .text("magnet", link.toUri())
                            .texts(
                                    "addresses",
                                    downloads.addresses().stream()
                                            .map(Endpoint::toString)
                                            .toList()));
            return follow(new Round(link, target, dht, downloads, report), interrupt, output);
        }
    }

    /// What every round of looking needs.
    private record Round(
            MutableMagnet magnet,
            Path folder,
            Dht dht,
            DownloadService downloads,
            DownloadReport report) {}

    private int follow(Round round, Interrupt interrupt, Output output)
            throws Failure, InterruptedException {
        Optional<Version> version = Optional.empty();
        var republishing = new Republishing(round.dht().service());
        while (!interrupt.isAsked()) {
            var found =
                    Waiting.forResult(
                            round.dht()
                                    .service()
                                    .findItem(round.magnet().target(), round.magnet().salt()),
                            "the lookup",
                            Duration.ofMinutes(5),
                            network);
            republishing.keepAlive(found);
            version = newer(found, version, round, output);
            if (version.isEmpty()) {
                output.progress("nothing is published under this link yet, or nobody is reached");
            }
            if (await(version.isEmpty() ? SOON : period, version, round, interrupt) && isOnce) {
                return 0;
            }
        }
        return Interrupt.STATUS;
    }

    /// Goes over to a later version where one is found.
    private static Optional<Version> newer(
            ItemSearchEnded found, Optional<Version> current, Round round, Output output) {
        if (found.item().isEmpty() || !(found.item().get() instanceof Item.Mutable item)) {
            return current;
        }
        if (current.isPresent() && item.seq() <= current.get().item().seq()) {
            return current;
        }
        var infoHash = TorrentPointer.of(item.value());
        if (infoHash.isEmpty()) {
            output.progress("version " + item.seq() + " names no torrent");
            return current;
        }
        current.ifPresent(version -> version.download().close());
        output.event(
                Event.of("version")
                        .text("infoHash", infoHash.get().hex())
                        .number("seq", item.seq()));
        output.progress("version " + item.seq() + ": " + infoHash.get());
        return Optional.of(new Version(item, start(infoHash.get(), round)));
    }

    private static Download start(Id infoHash, Round round) {
        var request = new DownloadService.Request(round.folder(), List.of(), List.of(), true);
        return round.downloads().add(Magnet.of(infoHash), request, round.report());
    }

    /// Waits for this long, telling of the download when it completes; ends early if nothing more
    /// is waited for. Whether the version is complete.
    private boolean await(
            Duration atMost, Optional<Version> version, Round round, Interrupt interrupt)
            throws Failure, InterruptedException {
        long untilNanos = System.nanoTime() + atMost.toNanos();
        boolean isComplete = version.isPresent() && isTold(version.get());
        while (System.nanoTime() < untilNanos && !interrupt.await(GLANCE)) {
            if (version.isPresent()
                    && !isComplete
                    && version.get().download().completion().isDone()) {
                isComplete = true;
                told = version.get().item().seq();
                tell(version.get().download(), round.report());
            }
            if (isComplete && isOnce) {
                return true;
            }
        }
        return isComplete;
    }

    private boolean isTold(Version version) {
        return version.item().seq() == told;
    }

    private static void tell(Download download, DownloadReport report) throws Failure {
        try {
            report.completed(download.completion().join(), download.status());
        } catch (CompletionException e) {
            throw new Failure(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()),
                    "What was verified is kept; run the same command again.",
                    e);
        }
    }

    private DownloadService downloads(Dht dht) throws IOException {
        var settings =
                new DownloadService.Options(
                        network.listen(), network.port(), options.data().resolve("torrents"));
        return DownloadService.start(settings, dht.service());
    }
}
