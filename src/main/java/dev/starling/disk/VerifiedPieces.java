package dev.starling.disk;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;

/// The pieces of a torrent whose bytes on disk have been hashed and found right. Thread-safe.
final class VerifiedPieces {

    private final int pieceLengthBytes;
    private PieceSet pieces;

    VerifiedPieces(InfoDictionary info) {
        this.pieceLengthBytes = info.pieceLengthBytes();
        this.pieces = new PieceSet(info.pieceCount());
    }

    synchronized void replace(PieceSet verified) {
        pieces = verified.copy();
    }

    synchronized boolean add(int pieceIndex) {
        return pieces.add(pieceIndex);
    }

    synchronized boolean contains(int pieceIndex) {
        return pieces.contains(pieceIndex);
    }

    synchronized PieceSet copy() {
        return pieces.copy();
    }

    synchronized boolean isFull() {
        return pieces.isFull();
    }

    /// Whether a verified piece has bytes in the file.
    synchronized boolean anyIn(FileEntry file) {
        if (file.isPadding() || file.lengthBytes() == 0) {
            return false;
        }
        int next = pieces.next(firstPiece(file));
        return next >= 0 && next <= lastPiece(file);
    }

    int firstPiece(FileEntry file) {
        return (int) (file.offsetBytes() / pieceLengthBytes);
    }

    /// Of a file that is not empty.
    int lastPiece(FileEntry file) {
        return (int) ((file.offsetBytes() + file.lengthBytes() - 1) / pieceLengthBytes);
    }
}
