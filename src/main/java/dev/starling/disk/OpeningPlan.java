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
record OpeningPlan(PieceSet believed, List<Integer> toCheck) {

    OpeningPlan {
        toCheck = List.copyOf(toCheck);
    }

    static OpeningPlan of(
            InfoDictionary info,
            List<Optional<FileStamp>> stamps,
            Optional<ResumeFile.Remembered> remembered) {
        var layout = FileLayout.of(info);
        var believed = new PieceSet(info.pieceCount());
        List<Integer> toCheck = new ArrayList<>();
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            var spans = layout.spans(info.pieceOffset(piece), info.pieceLength(piece));
            boolean isThere = true;
            boolean isUnchanged = remembered.isPresent();
            for (var span : spans) {
                if (layout.file(span.fileIndex()).isPadding()) {
                    continue;
                }
                var stamp = stamps.get(span.fileIndex());
                long end = span.fileOffset() + span.lengthBytes();
                isThere &= stamp.isPresent() && stamp.get().lengthBytes() >= end;
                isUnchanged &= isThere && isUnchanged(remembered, span.fileIndex(), stamp);
            }
            if (isThere && !isUnchanged) {
                toCheck.add(piece);
            } else if (isThere && remembered.get().verified().contains(piece)) {
                believed.add(piece);
            }
        }
        return new OpeningPlan(believed, toCheck);
    }

    private static boolean isUnchanged(
            Optional<ResumeFile.Remembered> remembered, int fileIndex, Optional<FileStamp> stamp) {
        return remembered.isPresent()
                && stamp.isPresent()
                && remembered.get().isUnchanged(fileIndex, stamp.get());
    }
}
