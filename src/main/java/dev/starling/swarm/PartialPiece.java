package dev.starling.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A piece under way: for each block who was asked for it, at most two, and who sent it.
final class PartialPiece {

    private final int pieceIndex;
    private final @Nullable PeerSession[] first;
    private final @Nullable PeerSession[] sender;

    /// Blocks that are there, of which an earlier run stored those without a sender.
    private final BitSet received;

    /// The second requesters, of which there are none before the endgame.
    private @Nullable PeerSession @Nullable [] second;

    private @Nullable PeerSession owner;
    private final boolean isExclusive;
    private final boolean isResumed;
    private int freeCount;
    private int receivedCount;

    /// No block before this one is free.
    private int firstFree;

    /// @param isExclusive fetched from one peer at a time, because someone lied about it or the
    ///   peer is under suspicion
    /// @param written blocks that an earlier run stored; the piece's from now on
    PartialPiece(int pieceIndex, int blockCount, BitSet written, boolean isExclusive) {
        this.pieceIndex = pieceIndex;
        this.first = new PeerSession[blockCount];
        this.sender = new PeerSession[blockCount];
        this.isExclusive = isExclusive;
        this.received = written;
        this.receivedCount = written.cardinality();
        this.isResumed = receivedCount > 0;
        this.freeCount = blockCount - receivedCount;
    }

    int pieceIndex() {
        return pieceIndex;
    }

    int blockCount() {
        return first.length;
    }

    boolean isExclusive() {
        return isExclusive;
    }

    boolean hasFree() {
        return freeCount > 0;
    }

    boolean isComplete() {
        return receivedCount == first.length;
    }

    boolean hasReceived(int blockIndex) {
        return received.get(blockIndex);
    }

    /// Whether an earlier run stored a part of it, so that it cannot be said whom it came from.
    boolean isResumed() {
        return isResumed;
    }

    /// Whether nobody is at work on it who makes progress.
    boolean isOrphan() {
        return owner == null || !owner.isDelivering();
    }

    boolean isOwnedBy(PeerSession session) {
        return owner == session;
    }

    void own(PeerSession session) {
        owner = session;
    }

    /// Whether the session may be asked for blocks of it.
    boolean isOpenTo(PeerSession session) {
        return !isExclusive || owner == session || isOrphan();
    }

    /// Notes that the session is asked for the first free block, and names it; -1 if none is.
    int takeFree(PeerSession session) {
        while (firstFree < first.length) {
            int block = firstFree++;
            if (first[block] == null && !received.get(block)) {
                first[block] = session;
                freeCount--;
                return block;
            }
        }
        return -1;
    }

    /// Notes that the session is asked, as the second, for the block that was asked for last, and
    /// names it; -1 if none is to be had.
    int takeBusy(PeerSession session) {
        for (int block = first.length - 1; block >= 0; block--) {
            if (first[block] != null && first[block] != session && secondOf(block).isEmpty()) {
                seconds()[block] = session;
                return block;
            }
        }
        return -1;
    }

    /// Notes that the session is no longer asked; the block is free when nobody else is.
    void release(int blockIndex, PeerSession session) {
        var other = secondOf(blockIndex);
        if (other.isPresent() && other.get() == session) {
            seconds()[blockIndex] = null;
        } else if (first[blockIndex] == session) {
            first[blockIndex] = other.orElse(null);
            other.ifPresent(_ -> seconds()[blockIndex] = null);
            if (first[blockIndex] == null && !received.get(blockIndex)) {
                freeCount++;
                firstFree = Math.min(firstFree, blockIndex);
            }
        }
    }

    /// Notes the block's arrival and names those who were asked for it as well.
    List<PeerSession> receive(int blockIndex, PeerSession from) {
        if (received.get(blockIndex)) {
            throw new IllegalStateException(
                    "block " + blockIndex + " of piece " + pieceIndex + " received twice");
        }
        var asked = first[blockIndex];
        var also = secondOf(blockIndex);
        if (asked == null) {
            freeCount--;
        }
        first[blockIndex] = null;
        sender[blockIndex] = from;
        received.set(blockIndex);
        receivedCount++;
        if (also.isEmpty()) {
            return asked == null || asked == from ? List.of() : List.of(asked);
        }
        seconds()[blockIndex] = null;
        var losers = new ArrayList<PeerSession>(2);
        if (asked != null && asked != from) {
            losers.add(asked);
        }
        if (also.get() != from) {
            losers.add(also.get());
        }
        return losers;
    }

    /// How many peers are being asked for the block.
    int requesterCount(int blockIndex) {
        return (first[blockIndex] == null ? 0 : 1) + (secondOf(blockIndex).isEmpty() ? 0 : 1);
    }

    Optional<PeerSession> sender(int blockIndex) {
        return Optional.ofNullable(sender[blockIndex]);
    }

    /// Everyone who sent a block of it.
    Set<PeerSession> senders() {
        var all = new LinkedHashSet<PeerSession>();
        for (var one : sender) {
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private Optional<PeerSession> secondOf(int blockIndex) {
        return second == null ? Optional.empty() : Optional.ofNullable(second[blockIndex]);
    }

    private @Nullable PeerSession[] seconds() {
        if (second == null) {
            second = new PeerSession[first.length];
        }
        return second;
    }
}
