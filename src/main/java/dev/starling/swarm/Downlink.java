package dev.starling.swarm;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What we have asked of one peer and how it answers.
final class Downlink {

    /// Pieces a peer may name as allowed fast or suggested; more are not remembered.
    static final int MAX_HINTS = 64;

    final BlockKeys outstanding = new BlockKeys();
    final RequestWindow window = new RequestWindow();
    final Rate rate = new Rate();

    /// Pieces it lets us fetch while it chokes us (BEP 6).
    final Set<Integer> allowedFast = new LinkedHashSet<>();

    /// Pieces it would like us to fetch (BEP 6).
    final Set<Integer> suggested = new LinkedHashSet<>();

    /// Pieces the peer has and we want.
    int wantedCount;

    /// Requests we no longer count on but that may still be answered.
    int abandonedCount;

    /// Blocks and rejects that answered nothing.
    int strayCount;

    /// Rejects since the last block.
    int rejectCount;

    /// Failed pieces it had a hand in whose liar is not found yet.
    int suspicionCount;

    /// Place in the order of pieces before which the peer was found to have none.
    int scannedPlaces;

    boolean isSnubbed;
    long lastBlockNanos;
    long pausedUntilNanos;

    /// [Rate#totalBytes] of `rate` at the choker's last round.
    long bytesAtLastRound;

    private @Nullable PartialPiece current;

    /// The piece it is fetching blocks of.
    Optional<PartialPiece> current() {
        return Optional.ofNullable(current);
    }

    void current(PartialPiece piece) {
        current = piece;
    }

    void forgetCurrent() {
        current = null;
    }

    boolean isSuspect() {
        return suspicionCount > 0;
    }

    static void addHint(Set<Integer> hints, int pieceIndex) {
        if (hints.size() < MAX_HINTS) {
            hints.add(pieceIndex);
        }
    }
}
