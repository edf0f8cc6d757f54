package dev.starling.node;

import dev.starling.disk.TorrentMaker;
import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import dev.starling.metainfo.Torrent;
import dev.starling.runtime.Download;
import dev.starling.runtime.DownloadService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling share`: makes a torrent of a file or folder, announces it to the DHT and seeds.
@Command(
        name = "share",
        description = "Share a file or folder: print its magnet link and seed it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling share holiday.mp4",
            "  starling share photos --torrent photos.torrent --no-qr"
        })
final class ShareCommand implements Callable<Integer> {

    private static final Duration REDRAW = Duration.ofMillis(200);

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    private Path path;

    @Option(names = "--torrent", paramLabel = "FILE", description = "Write the .torrent here too.")
    private Optional<Path> torrentFile = Optional.empty();

    @Option(names = "--no-qr", description = "Print no QR code.")
    private boolean isWithoutQr;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        Path source = path.toRealPath();
        if (source.toString().endsWith(".torrent")) {
            output.progress(
                    output.yellow("note: ")
                            + "this shares the .torrent file itself; what it describes is shared by"
                            + " starling get "
                            + path
                            + " -o DIR --seed");
        }
        var report = new ShareReport(output, Stopwatch.sinceProcessStart());
        try (var interrupt = Interrupt.watch();
                var dht = Dht.join(options, network, Dht.Role.NODE, report)) {
            var made = Making.make(source, options.data(), output);
            var info = made.info();
            if (torrentFile.isPresent()) {
                Files.write(torrentFile.get(), Torrent.of(info).toBytes());
            }
            try (var downloads = downloads(dht);
                    var share = downloads.share(info, parent(source), report)) {
                ready(made, downloads.addresses(), output);
                seed(share, interrupt, output);
            }
        }
        return Interrupt.STATUS;
    }

    private DownloadService downloads(Dht dht) throws IOException {
        var settings =
                new DownloadService.Options(
                        network.listen(), network.port(), options.data().resolve("torrents"));
        return DownloadService.start(settings, dht.service());
    }

    private void ready(TorrentMaker.Made made, List<Endpoint> addresses, Output output) {
        var info = made.info();
        String magnet = Magnet.of(info).toUri();
        output.event(
                Event.of("ready")
                        .text("magnet", magnet)
                        .text("infoHash", info.infoHash().hex())
                        .flag("isFromMemory", made.isFromMemory())
                        .texts("addresses", addresses.stream().map(Endpoint::toString).toList()));
        if (!isWithoutQr && !output.isJson()) {
            QrCode.lines(magnet).forEach(output::result);
        }
        output.result(magnet);
    }

    private static void seed(Download share, Interrupt interrupt, Output output)
            throws InterruptedException {
        output.progress("seeding " + Output.harmless(name(share)) + " until Ctrl-C");
        while (!interrupt.await(REDRAW)) {
            if (output.isLive()) {
                output.live(DownloadLine.seeding(share.status(), output));
            }
        }
        if (output.isLive()) {
            output.live("");
        }
        output.progress(
                "stopped; sent "
                        + Units.bytes(share.status().sentBytes())
                        + ". The same command shares it again under the same link.");
    }

    private static String name(Download share) {
        return share.info().map(InfoDictionary::name).orElse(share.infoHash().hex());
    }

    private static Path parent(Path source) throws Failure {
        Path parent = source.getParent();
        if (parent == null) {
            throw new Failure("a whole file system cannot be shared", "Name a folder below it.");
        }
        return Objects.requireNonNull(parent);
    }
}
