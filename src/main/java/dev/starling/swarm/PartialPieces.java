package dev.starling.swarm;

import dev.starling.metainfo.InfoDictionary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pieces under way, those with blocks to ask for apart from those without. As many as peers'
/// windows reach over.
final class PartialPieces {

    private final InfoDictionary info;
    private final @Nullable PartialPiece[] byIndex;
    private final Set<PartialPiece> open = new LinkedHashSet<>();
    private final Set<PartialPiece> busy = new LinkedHashSet<>();

    PartialPieces(InfoDictionary info) {
        this.info = info;
        this.byIndex = new PartialPiece[info.pieceCount()];
    }

    Optional<PartialPiece> at(int pieceIndex) {
        return Optional.ofNullable(byIndex[pieceIndex]);
    }

    /// Pieces of which some block has not been asked of anyone, the longest open first.
    Set<PartialPiece> open() {
        return open;
    }

    /// Pieces all of whose blocks have been asked for or have come.
    Set<PartialPiece> busy() {
        return busy;
    }

    List<PartialPiece> all() {
        var all = new ArrayList<>(open);
        all.addAll(busy);
        return all;
    }

    /// @param written blocks of it that an earlier run stored
    PartialPiece begin(int pieceIndex, BitSet written, boolean isExclusive) {
        if (byIndex[pieceIndex] != null) {
            throw new IllegalStateException("piece " + pieceIndex + " is under way already");
        }
        var partial =
                new PartialPiece(pieceIndex, info.blockCount(pieceIndex), written, isExclusive);
        byIndex[pieceIndex] = partial;
        open.add(partial);
        return partial;
    }

    void forget(int pieceIndex) {
        var partial = byIndex[pieceIndex];
        if (partial != null) {
            open.remove(partial);
            busy.remove(partial);
            byIndex[pieceIndex] = null;
        }
    }

    /// Notes that the peer is asked for a free block of the piece, and names it.
    long takeFree(PartialPiece partial, PeerSession session) {
        if (partial.isOrphan()) {
            partial.own(session);
        }
        int block = partial.takeFree(session);
        if (!partial.hasFree()) {
            file(partial);
        }
        return BlockKeys.key(partial.pieceIndex(), block);
    }

    /// Notes that the peer is no longer asked for the block.
    void release(long key, PeerSession session) {
        var partial = byIndex[BlockKeys.piece(key)];
        if (partial != null) {
            partial.release(BlockKeys.block(key), session);
            file(partial);
        }
    }

    /// Notes a block's arrival and names the others who were asked for it.
    List<PeerSession> receive(PartialPiece partial, int blockIndex, PeerSession from) {
        boolean hadFree = partial.hasFree();
        var losers = partial.receive(blockIndex, from);
        if (hadFree && !partial.hasFree()) {
            file(partial);
        }
        return losers;
    }

    /// Puts the piece on the list where it belongs.
    private void file(PartialPiece partial) {
        if (partial.hasFree()) {
            busy.remove(partial);
            open.add(partial);
        } else {
            open.remove(partial);
            busy.add(partial);
        }
    }
}
