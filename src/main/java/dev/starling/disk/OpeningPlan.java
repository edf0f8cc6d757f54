package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Which pieces are believed at opening and which must be hashed first.
///
/// A piece is believed when it is remembered as verified and none of its files has changed since;
/// it is hashed when all of its files are there, long enough, and at least one has changed or
/// nothing is remembered; otherwise it is not had.
///
/// A file has changed when [ResumeFile.Remembered#isUnchanged] says so by its time and length, or
/// when it ends before the last verified byte in it. So after a crash, someone else's change goes
/// unnoticed only if it was made within seconds of the crash and left the file long enough.
///
/// Of a piece that is neither believed nor hashed, the blocks noted are taken as written when their
/// files have not changed either and reach as far. When all of its blocks are, it is hashed.
record OpeningPlan(PieceSet believed, List<Integer> toCheck, BlockSet written) {

    /// What an earlier run left.
    record Earlier(Optional<ResumeFile.Remembered> remembered, BlockSet noted) {
        static final Earlier NOTHING = new Earlier(Optional.empty(), BlockSet.EMPTY);
    }

    OpeningPlan {
        toCheck = List.copyOf(toCheck);
    }

    static OpeningPlan of(InfoDictionary info, List<Optional<FileStamp>> stamps, Earlier earlier) {
        var remembered = earlier.remembered();
        var layout = FileLayout.of(info);
        var verified =
                remembered.isPresent()
                        ? remembered.get().verified()
                        : new PieceSet(info.pieceCount());
        boolean[] isUnchanged = unchanged(info, stamps, remembered);
        var believed = new PieceSet(info.pieceCount());
        List<Integer> toCheck = new ArrayList<>();
        var written = new TreeMap<Integer, BitSet>();
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            boolean isThere = isThere(layout, info, piece, info.blockCount(piece), stamps);
            boolean isAsBefore = true;
            for (var span : layout.spans(info.pieceOffset(piece), info.pieceLength(piece))) {
                isAsBefore &= isUnchanged[span.fileIndex()];
            }
            var noted = earlier.noted().of(piece);
            boolean isNoted = noted.cardinality() == info.blockCount(piece);
            if (isThere && isAsBefore && verified.contains(piece)) {
                believed.add(piece);
            } else if (isThere && (!isAsBefore || isNoted)) {
                toCheck.add(piece);
            } else if (!noted.isEmpty()
                    && isAsBefore
                    && isThere(layout, info, piece, noted.length(), stamps)) {
                written.put(piece, noted);
            }
        }
        return new OpeningPlan(believed, toCheck, BlockSet.of(written));
    }

    /// Whether files reach as far as the first so many blocks of the piece.
    private static boolean isThere(
            FileLayout layout,
            InfoDictionary info,
            int piece,
            int blockCount,
            List<Optional<FileStamp>> stamps) {
        long lengthBytes =
                Math.min((long) blockCount * BlockRange.BLOCK_BYTES, info.pieceLength(piece));
        boolean isThere = true;
        for (var span : layout.spans(info.pieceOffset(piece), (int) lengthBytes)) {
            isThere &= isThere(layout, span, stamps);
        }
        return isThere;
    }

    private static boolean isThere(
            FileLayout layout, FileLayout.Span span, List<Optional<FileStamp>> stamps) {
        var stamp = stamps.get(span.fileIndex());
        return layout.file(span.fileIndex()).isPadding()
                || (stamp.isPresent() && stamp.get().lengthBytes() >= span.end());
    }

    private static boolean[] unchanged(
            InfoDictionary info,
            List<Optional<FileStamp>> stamps,
            Optional<ResumeFile.Remembered> remembered) {
        boolean[] isUnchanged = new boolean[stamps.size()];
        if (remembered.isEmpty()) {
            return isUnchanged;
        }
        long[] needed = neededLengths(info, remembered.get().verified());
        for (int index = 0; index < isUnchanged.length; index++) {
            var stamp = stamps.get(index);
            isUnchanged[index] =
                    info.files().get(index).isPadding()
                            || (stamp.isPresent()
                                    && stamp.get().lengthBytes() >= needed[index]
                                    && remembered.get().isUnchanged(index, stamp.get()));
        }
        return isUnchanged;
    }

    /// How far verified pieces reach into each file.
    private static long[] neededLengths(InfoDictionary info, PieceSet verified) {
        var layout = FileLayout.of(info);
        long[] needed = new long[info.files().size()];
        for (int piece = verified.next(0); piece >= 0; piece = verified.next(piece + 1)) {
            for (var span : layout.spans(info.pieceOffset(piece), info.pieceLength(piece))) {
                needed[span.fileIndex()] = Math.max(needed[span.fileIndex()], span.end());
            }
        }
        return needed;
    }
}
