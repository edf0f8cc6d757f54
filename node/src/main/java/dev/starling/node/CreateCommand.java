package dev.starling.node;

import dev.starling.metainfo.Magnet;
import dev.starling.metainfo.Torrent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling create`: makes a .torrent of a file or folder.
@Command(
        name = "create",
        description = "Make a .torrent file of a file or folder.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling create holiday.mp4",
            "  starling create photos -o photos.torrent --piece-length 1MiB"
        })
final class CreateCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    private Path path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it (default: the name with .torrent, here).")
    private Optional<Path> target = Optional.empty();

    @Option(
            names = "--piece-length",
            paramLabel = "SIZE",
            converter = PieceLengthConverter.class,
            description = "A power of two, 16KiB to 128MiB (default: chosen by size).")
    private Optional<Integer> pieceLength = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        Path source = path.toRealPath();
        var asked = pieceLength.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        var info = Making.make(source, asked, output);
        Path file = target.orElseGet(() -> Path.of(name(source) + ".torrent"));
        if (Files.isDirectory(file)) {
            throw new Failure(file + " is a folder", "Name the file to write with -o.");
        }
        Files.write(file, Torrent.of(info).toBytes());
        var magnet = Magnet.of(info);
        output.event(TorrentEvents.torrent(info, magnet).text("path", file.toString()));
        output.result("wrote " + file);
        output.result(magnet.toUri());
        return 0;
    }

    private static String name(Path source) {
        return Objects.requireNonNullElse(source.getFileName(), source).toString();
    }
}
