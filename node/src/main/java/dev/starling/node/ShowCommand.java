package dev.starling.node;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import dev.starling.metainfo.Torrent;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling show`: what a .torrent file or magnet link says.
@Command(
        name = "show",
        description = "Show what a .torrent file or magnet link says.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling show photos.torrent",
            "  starling show 'magnet:?xt=urn:btih:...'",
            "  starling show photos.torrent --json"
        })
final class ShowCommand implements Callable<Integer> {

    /// More files than this are counted, not listed, unless all are asked for.
    private static final int LISTED_FILES = 50;

    @Mixin private GlobalOptions options;

    @Parameters(
            paramLabel = "FILE|MAGNET",
            converter = SourceConverter.class,
            description = "What to read.")
    private String source;

    @Option(names = "--all", description = "List every file, however many.")
    private boolean isAll;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        switch (TorrentSource.read(source)) {
            case TorrentSource.OfMagnet(Magnet magnet) -> show(magnet, output);
            case TorrentSource.OfTorrent(Torrent torrent) -> show(torrent, output);
        }
        return 0;
    }

    private static void show(Magnet magnet, Output output) {
        output.event(TorrentEvents.torrent(magnet));
        output.result(field("infohash", magnet.infoHash().hex()));
        magnet.name().ifPresent(name -> output.result(field("name", Output.harmless(name))));
        magnet.peers().forEach(peer -> output.result(field("peer", Output.harmless(peer))));
        magnet.trackers()
                .forEach(
                        url -> output.result(field("tracker", Output.harmless(url) + " (unused)")));
        output.result(field("magnet", magnet.toUri()));
    }

    private void show(Torrent torrent, Output output) {
        InfoDictionary info = torrent.info();
        var magnet = Magnet.of(info);
        output.event(TorrentEvents.torrent(info, magnet));
        output.result(output.bold(Output.harmless(info.name())));
        output.result(field("infohash", info.infoHash().hex()));
        output.result(
                field(
                        "size",
                        Units.bytes(info.lengthBytes())
                                + String.format(Locale.ROOT, " (%,d bytes)", info.lengthBytes())));
        output.result(
                field("pieces", info.pieceCount() + " of " + Units.bytes(info.pieceLengthBytes())));
        if (info.isPrivate()) {
            output.result(field("private", "yes: only its trackers may name peers (BEP 27)"));
        }
        torrent.comment().ifPresent(c -> output.result(field("comment", Output.harmless(c))));
        torrent.createdBy().ifPresent(c -> output.result(field("made by", Output.harmless(c))));
        torrent.trackers()
                .forEach(
                        url -> output.result(field("tracker", Output.harmless(url) + " (unused)")));
        output.result(field("magnet", magnet.toUri()));
        listFiles(info, output);
    }

    private void listFiles(InfoDictionary info, Output output) {
        long count = info.files().stream().filter(file -> !file.isPadding()).count();
        long limit = isAll ? count : Math.min(count, LISTED_FILES);
        output.result(field("files", Long.toString(count)));
        long listed = 0;
        for (int index = 0; index < info.files().size() && listed < limit; index++) {
            FileEntry file = info.files().get(index);
            if (file.isPadding()) {
                continue;
            }
            listed++;
            output.result(
                    String.format(
                            Locale.ROOT,
                            "  %4d %10s  %s",
                            index,
                            Units.bytes(file.lengthBytes()),
                            Output.harmless(file.path())));
        }
        if (listed < count) {
            output.result("       and " + (count - listed) + " more; --all lists them");
        }
    }

    private static String field(String name, String value) {
        return String.format(Locale.ROOT, "%-9s %s", name, value);
    }
}
