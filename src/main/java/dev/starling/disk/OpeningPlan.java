package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which pieces are believed at opening and which must be hashed first.
///
/// A piece is believed when it is remembered as verified and none of its files has changed since;
/// it is hashed when all of its files are there, long enough, and at least one has changed or
/// nothing is remembered; otherwise it is not had.
///
/// A file has changed when [ResumeFile.Remembered#isUnchanged] says so by its time and length, or
/// when it ends before the last verified byte in it. So after a crash, someone else's change goes
/// unnoticed only if it was made within seconds of the crash and left the file long enough.
record OpeningPlan(PieceSet believed, List<Integer> toCheck) {

    OpeningPlan {
        toCheck = List.copyOf(toCheck);
    }

    static OpeningPlan of(
            InfoDictionary info,
            List<Optional<FileStamp>> stamps,
            Optional<ResumeFile.Remembered> remembered) {
        var layout = FileLayout.of(info);
        var verified =
                remembered.isPresent()
                        ? remembered.get().verified()
                        : new PieceSet(info.pieceCount());
        boolean[] isUnchanged = unchanged(info, stamps, remembered);
        var believed = new PieceSet(info.pieceCount());
        List<Integer> toCheck = new ArrayList<>();
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            boolean isThere = true;
            boolean isAsBefore = true;
            for (var span : layout.spans(info.pieceOffset(piece), info.pieceLength(piece))) {
                isThere &= isThere(layout, span, stamps);
                isAsBefore &= isUnchanged[span.fileIndex()];
            }
            if (isThere && !isAsBefore) {
                toCheck.add(piece);
            } else if (isThere && verified.contains(piece)) {
                believed.add(piece);
            }
        }
        return new OpeningPlan(believed, toCheck);
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
