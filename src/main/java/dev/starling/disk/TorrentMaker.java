package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.hash.Sha1;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoReader;
import dev.starling.metainfo.InfoWriter;
import dev.starling.metainfo.PieceLength;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// Makes the info dictionary of a file or folder by hashing it.
///
/// In a folder hidden files are included and symbolic links left out, wherever they lead; files are
/// ordered by the bytes of their paths. A path that is itself a link stands for what it leads to.
public final class TorrentMaker {

    private TorrentMaker() {}

    /// What was made.
    ///
    /// @param isFromMemory whether nothing had changed since it was hashed before
    public record Made(InfoDictionary info, boolean isFromMemory) {}

    /// Hashes `path`, on the caller's thread and more.
    ///
    /// @param pieceLengthBytes a power of two, or empty to choose by size
    /// @param progress told how many bytes have been hashed, from any thread
    /// @throws IOException if there is nothing to share, or something cannot be read or changes
    ///   while it is read, naming it
    public static InfoDictionary make(
            Path path, OptionalInt pieceLengthBytes, LongConsumer progress) throws IOException {
        return make(path, pieceLengthBytes, Optional.empty(), progress).info();
    }

    /// Hashes `path` unless `memory` knows it as it is, and has it remember.
    public static Made make(Path path, HashMemory memory, LongConsumer progress)
            throws IOException {
        return make(path, OptionalInt.empty(), Optional.of(memory), progress);
    }

    private static Made make(
            Path path,
            OptionalInt pieceLengthBytes,
            Optional<HashMemory> memory,
            LongConsumer progress)
            throws IOException {
        long nowNanos = FileWatch.nowNanos();
        var tree = SourceTree.at(path);
        int pieceLength = pieceLengthBytes.orElse(PieceLength.choose(tree.lengthBytes()));
        try (var openFiles = new OpenFiles()) {
            var files = ReadOnlyFiles.of(new FileLayout(tree.files()), tree.folder(), openFiles);
            files.checkNames();
            var before = stamps(files);
            var real = tree.folder().resolve(tree.name());
            var subject = new HashMemory.Subject(real, pieceLength, files.layout(), before);
            var known = memory.flatMap(it -> it.recall(subject));
            if (known.isPresent()) {
                return new Made(describe(path, tree, pieceLength, known.get()), true);
            }
            byte[] hashes = hash(files, tree.lengthBytes(), pieceLength, progress);
            checkUnchanged(files, before);
            memory.ifPresent(it -> it.remember(subject, hashes, nowNanos));
            return new Made(describe(path, tree, pieceLength, hashes), false);
        }
    }

    /// How many bytes `make` will hash.
    public static long lengthBytes(Path path) throws IOException {
        return SourceTree.at(path).lengthBytes();
    }

    private static byte[] hash(
            TorrentFiles files, long lengthBytes, int pieceLength, LongConsumer progress)
            throws IOException {
        long pieces = (lengthBytes + pieceLength - 1) / pieceLength;
        if (pieces > InfoReader.MAX_PIECES) {
            throw new IOException(
                    pieces
                            + " pieces are too many, at most "
                            + InfoReader.MAX_PIECES
                            + "; choose longer pieces than "
                            + pieceLength
                            + " bytes");
        }
        byte[] hashes = new byte[(int) pieces * Sha1.LENGTH_BYTES];
        var ranges = new PieceRanges(pieceLength, lengthBytes);
        var done = new AtomicLong();
        PieceHashing.run(
                files,
                ranges,
                IntStream.range(0, (int) pieces).toArray(),
                (piece, digest) -> {
                    int at = piece * Sha1.LENGTH_BYTES;
                    System.arraycopy(digest, 0, hashes, at, Sha1.LENGTH_BYTES);
                    progress.accept(done.addAndGet(ranges.length(piece)));
                });
        return hashes;
    }

    private static List<Optional<FileStamp>> stamps(TorrentFiles files) throws IOException {
        List<Optional<FileStamp>> stamps = new ArrayList<>();
        for (int index = 0; index < files.layout().files().size(); index++) {
            stamps.add(files.stamp(index));
        }
        return stamps;
    }

    /// A file that shrinks cannot be read to its end; one that grows or is written shows here.
    private static void checkUnchanged(TorrentFiles files, List<Optional<FileStamp>> before)
            throws IOException {
        for (int index = 0; index < before.size(); index++) {
            var stamp = files.stamp(index);
            long length = stamp.isPresent() ? stamp.get().lengthBytes() : -1;
            if (!stamp.equals(before.get(index))
                    || length != files.layout().file(index).lengthBytes()) {
                throw new FileProblem(
                        files.path(index) + " changed while it was read",
                        "try again when nothing writes it");
            }
        }
    }

    private static InfoDictionary describe(
            Path path, SourceTree tree, int pieceLength, byte[] hashes) throws IOException {
        try {
            if (!tree.isFolder()) {
                return InfoWriter.single(tree.name(), tree.lengthBytes(), pieceLength, hashes);
            }
            List<InfoWriter.SourceFile> sources = new ArrayList<>();
            for (var file : tree.files()) {
                sources.add(new InfoWriter.SourceFile(tree.elements(file), file.lengthBytes()));
            }
            return InfoWriter.folder(tree.name(), sources, pieceLength, hashes);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " makes no torrent: " + e.getMessage(), e);
        }
    }
}
