package dev.starling.disk;

import dev.starling.id.Id;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.PieceSet;
import java.util.List;

/// What a storage reports, on the executor it was opened with.
public sealed interface StorageEvent {

    /// Ready.
    ///
    /// @param have the pieces that are verified
    /// @param written blocks of others that need not be stored again
    record Opened(PieceSet have, BlockSet written) implements StorageEvent {}

    /// Existing files without resume data are being hashed.
    record Checking(int pieces, int pieceCount) implements StorageEvent {}

    record PieceVerified(int pieceIndex) implements StorageEvent {}

    record PieceFailed(int pieceIndex) implements StorageEvent {}

    /// SHA-1 of each block of the piece, in order.
    record BlocksDigested(int pieceIndex, List<Id> digests) implements StorageEvent {
        public BlocksDigested {
            digests = List.copyOf(digests);
        }
    }

    /// Writing does not work now. It is tried again by itself; [Resumed] tells when it works.
    /// Unverified blocks are lost, verified pieces are not.
    ///
    /// @param reason what went wrong, naming the file or folder
    /// @param hint what would mend it
    record Stalled(String reason, String hint) implements StorageEvent {}

    record Resumed() implements StorageEvent {}

    /// The storage cannot go on.
    record Failed(String reason, String hint) implements StorageEvent {}
}
