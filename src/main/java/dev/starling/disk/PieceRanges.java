package dev.starling.disk;

import dev.starling.metainfo.InfoDictionary;

/// Where the pieces of a torrent lie among its bytes; all but the last are of one length.
record PieceRanges(int pieceLengthBytes, long totalBytes) {

    static PieceRanges of(InfoDictionary info) {
        return new PieceRanges(info.pieceLengthBytes(), info.lengthBytes());
    }

    long offset(int pieceIndex) {
        return (long) pieceIndex * pieceLengthBytes;
    }

    int length(int pieceIndex) {
        return (int) Math.min(pieceLengthBytes, totalBytes - offset(pieceIndex));
    }
}
