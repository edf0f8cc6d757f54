package dev.starling.node;

import dev.starling.disk.TorrentChecker;
import dev.starling.metainfo.PieceSet;
import dev.starling.metainfo.Torrent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `starling verify`: checks data on disk against a .torrent file.
@Command(
        name = "verify",
        description = "Check files on disk against a .torrent file.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling verify photos.torrent             (the data lies here)",
            "  starling verify photos.torrent ~/Downloads"
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int MAX_LINES = 20;

    @Mixin private GlobalOptions options;

    @Parameters(index = "0", paramLabel = "FILE.torrent", description = "The torrent.")
    private Path torrentFile;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = ".",
            paramLabel = "DIR",
            description = "The folder its file or folder lies in (default: here).")
    private Path folder;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        Torrent torrent = TorrentSource.readTorrent(torrentFile);
        if (!Files.isDirectory(folder)) {
            throw new Failure("there is no folder " + folder, "Name the folder the data lies in.");
        }
        int pieces = torrent.info().pieceCount();
        long startNanos = System.nanoTime();
        PieceSet good;
        try (var bar = new ProgressLine(output, "checking", torrent.info().lengthBytes())) {
            var events = new ProgressEvents(output, pieces);
            long pieceLength = torrent.info().pieceLengthBytes();
            good =
                    TorrentChecker.check(
                            torrent.info(),
                            folder,
                            checked -> {
                                bar.at(checked * pieceLength);
                                events.at(checked);
                            });
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        tell(FileVerdict.of(torrent.info(), folder, good), output);
        output.event(
                Event.of("verified")
                        .number("pieces", pieces)
                        .number("good", good.size())
                        .fraction("seconds", elapsed.toMillis() / 1_000.0));
        output.result(
                String.format(
                        Locale.ROOT,
                        "%s of %s are good (%s, %s)",
                        good.isFull() ? "all" : Integer.toString(good.size()),
                        Units.count(pieces, "piece"),
                        Units.bytes(torrent.info().lengthBytes()),
                        Units.duration(elapsed)));
        if (!good.isFull()) {
            output.progress(
                    "starling get " + torrentFile + " -o " + folder + " fetches what is not good");
        }
        return good.isFull() ? 0 : 1;
    }

    /// Bad files by name, of which a screen holds only so many.
    private static void tell(List<FileVerdict> bad, Output output) {
        bad.forEach(file -> output.event(file.event()));
        bad.stream().limit(MAX_LINES).forEach(file -> output.result(file.line()));
        if (bad.size() > MAX_LINES) {
            output.result("and " + (bad.size() - MAX_LINES) + " more; --json names all");
        }
    }

    /// A `progress` event for every hundredth.
    private static final class ProgressEvents {
        private final Output output;
        private final int pieces;
        private int saidHundredths;

        ProgressEvents(Output output, int pieces) {
            this.output = output;
            this.pieces = pieces;
        }

        synchronized void at(int checked) {
            int hundredths = (int) (100L * checked / pieces);
            if (hundredths > saidHundredths) {
                saidHundredths = hundredths;
                output.event(
                        Event.of("progress").number("checked", checked).number("pieces", pieces));
            }
        }
    }
}
