package dev.starling.disk;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Checks data on disk against a torrent by hashing every piece.
public final class TorrentChecker {

    private TorrentChecker() {}

    /// The pieces that are right. A missing or short file makes its pieces wrong, not the call
    /// fail.
    ///
    /// @param folder the folder in which the torrent's file or folder lies
    /// @param progress told how many pieces have been checked, from any thread
    /// @throws IOException if the folder is not there, or a file is there but cannot be read
    public static PieceSet check(InfoDictionary info, Path folder, IntConsumer progress)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileProblem(folder + " is no folder", "name the folder that holds the data");
        }
        var right = new PieceSet(info.pieceCount());
        var checked = new AtomicInteger();
        try (var openFiles = new OpenFiles()) {
            var files = ReadOnlyFiles.of(FileLayout.of(info), folder, openFiles);
            files.checkNames();
            long[] lengths = lengths(files);
            var readable =
                    IntStream.range(0, info.pieceCount())
                            .filter(piece -> isLongEnough(files, info, piece, lengths))
                            .toArray();
            for (int i = readable.length; i < info.pieceCount(); i++) {
                progress.accept(checked.incrementAndGet());
            }
            PieceHashing.run(
                    files,
                    PieceRanges.of(info),
                    readable,
                    (piece, digest) -> {
                        if (Id.of(digest).equals(info.pieceHash(piece))) {
                            synchronized (right) {
                                right.add(piece);
                            }
                        }
                        progress.accept(checked.incrementAndGet());
                    });
        }
        return right;
    }

    private static long[] lengths(TorrentFiles files) throws IOException {
        List<Long> lengths = new ArrayList<>();
        for (int index = 0; index < files.layout().files().size(); index++) {
            var stamp = files.stamp(index);
            lengths.add(stamp.isPresent() ? stamp.get().lengthBytes() : 0);
        }
        return lengths.stream().mapToLong(Long::longValue).toArray();
    }

    private static boolean isLongEnough(
            TorrentFiles files, InfoDictionary info, int pieceIndex, long[] lengths) {
        var spans =
                files.layout().spans(info.pieceOffset(pieceIndex), info.pieceLength(pieceIndex));
        for (var span : spans) {
            boolean isPadding = files.layout().file(span.fileIndex()).isPadding();
            if (!isPadding && lengths[span.fileIndex()] < span.end()) {
                return false;
            }
        }
        return true;
    }
}
