package dev.starling.swarm;

/// A swarm at one moment, for a person or a program to look at.
///
/// @param stage what it is doing
/// @param peersKnown addresses heard of
/// @param peersTried addresses called at least once
/// @param peersConnected connections past the handshake
/// @param peersUnchokingUs of these, who let us download
/// @param seedsConnected of these, who have everything
/// @param peersUnreachable addresses whose last call came to nothing
/// @param metadataBlocks blocks of the info dictionary at hand, and `metadataBlockCount` of how
///   many (0 while no peer has told the size)
/// @param haveBytes verified bytes of selected files, of `wantedBytes`
/// @param receivedBytes payload received in all, wasted bytes included
/// @param wastedBytes payload received twice, late, or in pieces that failed
public record SwarmStatus(
        Stage stage,
        int peersKnown,
        int peersTried,
        int peersConnected,
        int peersUnchokingUs,
        int seedsConnected,
        int peersUnreachable,
        int peersBanned,
        int metadataBlocks,
        int metadataBlockCount,
        int havePieces,
        int pieceCount,
        long haveBytes,
        long wantedBytes,
        long receivedBytes,
        long wastedBytes,
        long sentBytes,
        double receiveBytesPerSecond,
        double sendBytesPerSecond) {

    /// In the order they are passed through.
    public enum Stage {
        FETCHING_METADATA,
        OPENING_STORAGE,
        DOWNLOADING,
        STORAGE_STALLED,
        SEEDING,
        STOPPED
    }
}
