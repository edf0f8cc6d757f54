package dev.starling.swarm;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.util.BitSet;
import java.util.List;

/// Which pieces we have and which we want, by the files selected.
///
/// A piece is wanted when it holds bytes of a selected file that is no padding (BEP 47).
final class PieceMap {

    private final InfoDictionary info;
    private final PieceSet full;
    private final PieceSet have;
    private final PieceSet wanted;
    private final BitSet selected = new BitSet();
    private int missingCount;
    private long haveBytes;
    private long wantedBytes;

    PieceMap(InfoDictionary info, PieceSet have) {
        if (have.pieceCount() != info.pieceCount()) {
            throw new IllegalStateException(
                    "storage knows "
                            + have.pieceCount()
                            + " pieces, the torrent has "
                            + info.pieceCount());
        }
        this.info = info;
        this.full = PieceSet.full(info.pieceCount());
        this.have = have.copy();
        this.wanted = new PieceSet(info.pieceCount());
        selected.set(0, info.files().size());
        recount();
    }

    /// Chooses files by index; indexes that name none are ignored.
    void select(List<Integer> files) {
        selected.clear();
        for (int file : files) {
            if (file >= 0 && file < info.files().size()) {
                selected.set(file);
            }
        }
        recount();
    }

    /// Takes a piece as verified; false if it was.
    boolean verified(int pieceIndex) {
        if (!have.add(pieceIndex)) {
            return false;
        }
        if (wanted.contains(pieceIndex)) {
            missingCount--;
            haveBytes += selectedBytes(pieceIndex);
        }
        return true;
    }

    /// Whether the piece is wanted and not there.
    boolean needs(int pieceIndex) {
        return wanted.contains(pieceIndex) && !have.contains(pieceIndex);
    }

    boolean has(int pieceIndex) {
        return have.contains(pieceIndex);
    }

    boolean isComplete() {
        return missingCount == 0;
    }

    int missingCount() {
        return missingCount;
    }

    /// How many pieces of a set are wanted and not there.
    int neededOf(PieceSet offered) {
        if (offered.isFull()) {
            return missingCount;
        }
        int count = 0;
        for (int piece = offered.next(0); piece >= 0; piece = offered.next(piece + 1)) {
            count += needs(piece) ? 1 : 0;
        }
        return count;
    }

    /// To be read only, as are all sets handed out here.
    PieceSet have() {
        return have;
    }

    PieceSet wanted() {
        return wanted;
    }

    /// The set of all pieces, shared by all who have them.
    PieceSet full() {
        return full;
    }

    long haveBytes() {
        return haveBytes;
    }

    long wantedBytes() {
        return wantedBytes;
    }

    private void recount() {
        missingCount = 0;
        haveBytes = 0;
        wantedBytes = 0;
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            long bytes = selectedBytes(piece);
            wantedBytes += bytes;
            if (bytes == 0) {
                wanted.remove(piece);
                continue;
            }
            wanted.add(piece);
            if (have.contains(piece)) {
                haveBytes += bytes;
            } else {
                missingCount++;
            }
        }
    }

    private long selectedBytes(int pieceIndex) {
        long start = info.pieceOffset(pieceIndex);
        long end = start + info.pieceLength(pieceIndex);
        long bytes = 0;
        var files = info.files();
        for (int i = fileAt(start); i < files.size() && files.get(i).offsetBytes() < end; i++) {
            var file = files.get(i);
            if (selected.get(i) && !file.isPadding()) {
                bytes +=
                        Math.max(
                                0,
                                Math.min(end, endOf(file)) - Math.max(start, file.offsetBytes()));
            }
        }
        return bytes;
    }

    /// The first file that ends after `offset`.
    private int fileAt(long offset) {
        int low = 0;
        int high = info.files().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (endOf(info.files().get(middle)) > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long endOf(FileEntry file) {
        return file.offsetBytes() + file.lengthBytes();
    }
}
