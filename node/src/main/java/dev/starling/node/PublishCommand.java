package dev.starling.node;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.MutableMagnet;
import dev.starling.item.SecretKey;
import dev.starling.item.TorrentPointer;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.DownloadService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling publish`: names the newest version of something under a link that stays.
@Command(
        name = "publish",
        description = "Publish a file, folder or torrent under a link that stays as it changes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling publish photos --key holidays         (shares the folder as well)",
            "  starling publish photos.torrent --once         (someone else shares it)",
            "",
            "Run it again with what is new: who follows the link gets it (BEP 46)."
        })
final class PublishCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "PATH|FILE.torrent|INFOHASH",
            converter = SourceConverter.class,
            description = "The newest version.")
    private String what;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            defaultValue = KeyFolder.DEFAULT,
            description = "Sign with this key, made if need be (default: ${DEFAULT-VALUE}).")
    private String keyName = KeyFolder.DEFAULT;

    @Option(
            names = "--salt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Tells apart what is published under one key.")
    private String salt = "";

    @Option(names = "--once", description = "Name it to the DHT and end; share nothing.")
    private boolean isOnce;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description = "Give up naming it after this long (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        SecretKey key = new KeyFolder(options.data()).findOrMake(keyName, output);
        var magnet = new MutableMagnet(key.publicKey(), Salts.of(salt));
        var report = new ShareReport(output, Stopwatch.sinceProcessStart());
        try (var interrupt = Interrupt.watch();
                var dht = Dht.join(options, network, Dht.Role.NODE, report)) {
            var shared = shared(output);
            Id infoHash =
                    shared.isPresent()
                            ? shared.get().infoHash()
                            : TorrentSource.read(what).infoHash();
            if (shared.isEmpty() || isOnce) {
                ready(magnet, infoHash, List.of(), output);
                publish(
                        new Subject(key, magnet.salt(), infoHash),
                        dht.service(),
                        interrupt,
                        output);
                return isOnce ? 0 : Interrupt.STATUS;
            }
            try (var downloads = downloads(dht);
                    var _ = downloads.share(shared.get(), folder(), report)) {
                ready(magnet, infoHash, downloads.addresses(), output);
                publish(
                        new Subject(key, magnet.salt(), infoHash),
                        dht.service(),
                        interrupt,
                        output);
            }
        }
        return Interrupt.STATUS;
    }

    /// What is published by whom.
    private record Subject(SecretKey key, ByteString salt, Id infoHash) {}

    /// Names it at once, and again every hour.
    private void publish(Subject subject, DhtService dht, Interrupt interrupt, Output output)
            throws Failure, InterruptedException {
        Item.Mutable item = next(subject, dht);
        do {
            var put =
                    Waiting.forResult(
                            dht.putItem(item, OptionalLong.empty()),
                            "publishing",
                            timeout,
                            network);
            output.event(
                    Event.of("published")
                            .text("infoHash", subject.infoHash().hex())
                            .number("seq", item.seq())
                            .number("nodes", put.nodes())
                            .fraction("seconds", put.elapsedNanos() / 1e9));
            if (put.nodes() == 0) {
                throw Waiting.nobodyAnswered(network);
            }
            output.progress("published with " + Units.count(put.nodes(), "node") + " of the DHT");
        } while (!isOnce && !interrupt.await(Republishing.PERIOD));
    }

    /// What is published already stays as it is. A new version takes the time for its number, so
    /// that it is later than any before even where none is found.
    private Item.Mutable next(Subject subject, DhtService dht)
            throws Failure, InterruptedException {
        var target = Item.Mutable.targetOf(subject.key().publicKey(), subject.salt());
        var value = TorrentPointer.to(subject.infoHash());
        var found =
                Waiting.forResult(
                        dht.findItem(target, subject.salt()), "the lookup", timeout, network);
        long seq = System.currentTimeMillis() / 1_000;
        if (found.item().isPresent() && found.item().get() instanceof Item.Mutable newest) {
            if (newest.value().equals(value)) {
                return newest;
            }
            seq = Math.max(seq, newest.seq() + 1);
        }
        return Item.Mutable.signed(subject.key(), subject.salt(), seq, value);
    }

    /// What a path names, hashed; empty where a torrent is named otherwise.
    private Optional<InfoDictionary> shared(Output output) throws IOException {
        Path path = Path.of(what);
        boolean isTorrent = what.endsWith(".torrent") && Files.isRegularFile(path);
        return Files.exists(path) && !isTorrent
                ? Optional.of(Making.make(path.toRealPath(), options.data(), output).info())
                : Optional.empty();
    }

    private Path folder() throws Failure, IOException {
        Path parent = Path.of(what).toRealPath().getParent();
        if (parent == null) {
            throw new Failure("a whole file system cannot be shared", "Name a folder below it.");
        }
        return Objects.requireNonNull(parent);
    }

    private DownloadService downloads(Dht dht) throws IOException {
        var settings =
                new DownloadService.Options(
                        network.listen(), network.port(), options.data().resolve("torrents"));
        return DownloadService.start(settings, dht.service());
    }

    private static void ready(
            MutableMagnet magnet, Id infoHash, List<Endpoint> addresses, Output output) {
        output.event(
                Event.of("ready")
                        .text("magnet", magnet.toUri())
                        .text("infoHash", infoHash.hex())
                        .texts("addresses", addresses.stream().map(Endpoint::toString).toList()));
        output.result(magnet.toUri());
    }
}
