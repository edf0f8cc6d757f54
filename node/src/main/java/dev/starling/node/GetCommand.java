package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.metainfo.Magnet;
import dev.starling.runtime.Download;
import dev.starling.runtime.DownloadService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling get`: downloads by magnet link, infohash or .torrent file.
@Command(
        name = "get",
        description = "Download by magnet link, infohash or .torrent file, with no tracker.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling get 'magnet:?xt=urn:btih:...' -o ~/Downloads",
            "  starling get 0123456789abcdef0123456789abcdef01234567 --seed",
            "  starling get photos.torrent --select 0,3-7",
            "  starling search holiday; starling get 1",
            "",
            "Stop it with Ctrl-C at any time: the same command goes on where it was."
        })
final class GetCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "MAGNET|INFOHASH|FILE.torrent|NUMBER",
            converter = SourceConverter.class,
            description = "What to download; a number is a result of the last starling search.")
    private String source;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Download folder (default: here).")
    private Path folder = Path.of("");

    @Option(names = "--seed", description = "Go on seeding when complete, until Ctrl-C.")
    private boolean isSeeding;

    @Option(
            names = "--peer",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "A peer to try besides those of the DHT; may repeat.")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--select",
            paramLabel = "FILES",
            converter = SelectionConverter.class,
            description = "Only these files, by number as `starling show` lists them: 0,3-7.")
    private Optional<Selection> selection = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Fail when not complete after this long (default: never).")
    private Optional<Duration> timeout = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        TorrentSource torrent = torrent();
        Path target = folder(folder);
        var request =
                new DownloadService.Request(target, peers(torrent), selected(torrent), isSeeding);
        var report = new DownloadReport(output, Stopwatch.sinceProcessStart());
        try (var interrupt = Interrupt.watch();
                var dht = Dht.join(options, network, Dht.Role.NODE, report);
                var downloads = downloads(dht);
                var download = add(downloads, torrent, request, report)) {
            report.ready(download, downloads.addresses());
            if (network.isPrivateStart() && !dht.hasSavedContacts() && request.peers().isEmpty()) {
                report.stalled(
                        "no node of this private network is known yet",
                        "--bootstrap HOST:PORT names one; --peer HOST:PORT a peer");
            }
            return new DownloadWatch(download, dht.service(), report, output)
                    .run(new DownloadWatch.Until(interrupt, timeout, isSeeding));
        }
    }

    /// A bare number is a result of the latest search, unless a file has that name.
    private TorrentSource torrent() throws Failure, IOException {
        boolean isResult = LastSearch.isNumber(source) && !Files.exists(Path.of(source));
        return TorrentSource.read(isResult ? LastSearch.in(options.data()).result(source) : source);
    }

    private DownloadService downloads(Dht dht) throws IOException {
        var settings =
                new DownloadService.Options(
                        network.listen(), network.port(), options.data().resolve("torrents"));
        return DownloadService.start(settings, dht.service());
    }

    private static Download add(
            DownloadService downloads,
            TorrentSource torrent,
            DownloadService.Request request,
            DownloadReport report) {
        return switch (torrent) {
            case TorrentSource.OfMagnet(Magnet magnet) -> downloads.add(magnet, request, report);
            case TorrentSource.OfTorrent(var file) -> downloads.add(file.info(), request, report);
        };
    }

    private static Path folder(Path folder) throws Failure {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new Failure(absolute + " is not a folder", "Name a folder with -o.");
        }
        return Folders.make(absolute, "-o");
    }

    private List<Endpoint> peers(TorrentSource torrent) throws Failure {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String peer : peers) {
            endpoints.add(Hosts.resolve(peer));
        }
        if (torrent instanceof TorrentSource.OfMagnet(Magnet magnet)) {
            for (String peer : magnet.peers()) {
                Endpoint.parse(peer).ifPresent(endpoints::add);
            }
        }
        return endpoints;
    }

    private List<Integer> selected(TorrentSource torrent) throws Failure {
        if (selection.isPresent()) {
            return selection.get().files();
        }
        return torrent instanceof TorrentSource.OfMagnet(Magnet magnet)
                ? Selection.of(magnet.selection()).files()
                : List.of();
    }
}
