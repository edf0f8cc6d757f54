package dev.starling.swarm;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Chooses the block to ask a peer for.
///
/// In this order: the piece the peer is at work on; a piece nobody is at work on any more; for a
/// slow peer, a piece someone else is at work on; a piece the peer suggested; the rarest piece not
/// begun, at random while we have almost nothing; what others are at work on. A fast peer so
/// fetches whole pieces in order, which lets storage hash them as they come, and slow ones finish a
/// piece together.
final class PiecePicker {

    /// Nothing to ask for.
    static final long NONE = -1;

    /// A peer that fetches a piece in less than this works alone.
    private static final double ALONE_SECONDS = 10;

    /// With fewer pieces than this any piece is worth more than a rare one.
    private static final int FIRST_PIECES = 4;

    private static final int RANDOM_TRIES = 16;

    /// Places of the order looked at for one request; beyond, any piece the peer has will do.
    private static final int MAX_SCAN = 1_024;

    private final InfoDictionary info;
    private final PieceMap map;
    private final PieceOrder order;
    private final RandomGenerator random;
    private final PartialPieces partials;

    /// Blocks that an earlier run stored, of pieces not begun since.
    private final Map<Integer, BitSet> written = new HashMap<>();

    /// @param written blocks that an earlier run stored; their pieces are finished first
    PiecePicker(InfoDictionary info, PieceMap map, BlockSet written, RandomGenerator random) {
        this.info = info;
        this.map = map;
        this.random = random;
        this.order = new PieceOrder(info.pieceCount(), random);
        this.partials = new PartialPieces(info);
        reorder();
        for (int piece : written.pieces()) {
            this.written.put(piece, written.of(piece));
            if (map.needs(piece)) {
                begin(piece, false);
            }
        }
    }

    /// How often the pieces occur among peers, kept by whoever hears of it.
    PieceOrder order() {
        return order;
    }

    PartialPieces partials() {
        return partials;
    }

    /// Takes in which pieces are needed now.
    void reorder() {
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            if (map.needs(piece) && partials.at(piece).isEmpty()) {
                order.add(piece);
            } else {
                order.remove(piece);
            }
        }
    }

    /// Chooses a block for the peer and notes that it is asked for it; or [#NONE].
    long take(PeerSession session, long nowNanos) {
        var current = session.down.current();
        if (current.isPresent() && current.get().hasFree() && mayTake(current.get(), session)) {
            return partials.takeFree(current.get(), session);
        }
        var chosen = choose(session, nowNanos);
        if (chosen.isEmpty()) {
            session.down.forgetCurrent();
            return NONE;
        }
        session.down.current(chosen.get());
        return partials.takeFree(chosen.get(), session);
    }

    /// Whether everything needed has been asked of someone.
    boolean isAllRequested() {
        return order.size() == 0 && partials.open().isEmpty();
    }

    /// Chooses a block that one other peer is asked for already; or [#NONE].
    long takeBusy(PeerSession session) {
        for (var partial : partials.busy()) {
            if (!partial.isComplete() && !partial.isExclusive() && mayTake(partial, session)) {
                int block = partial.takeBusy(session);
                if (block >= 0) {
                    return BlockKeys.key(partial.pieceIndex(), block);
                }
            }
        }
        return NONE;
    }

    /// The piece is no longer under way; it is needed again if it was not verified.
    void forget(int pieceIndex) {
        partials.forget(pieceIndex);
        if (map.needs(pieceIndex)) {
            order.add(pieceIndex);
        } else {
            order.remove(pieceIndex);
        }
    }

    /// Nothing is under way any more.
    void forgetAll() {
        written.clear();
        for (var partial : partials.all()) {
            forget(partial.pieceIndex());
        }
    }

    /// Begins a piece anew that is to come from one peer at a time, before any other.
    void beginExclusive(int pieceIndex) {
        forget(pieceIndex);
        begin(pieceIndex, true);
    }

    private Optional<PartialPiece> choose(PeerSession session, long nowNanos) {
        double bytesSoon = session.down.rate.bytesPerSecond(nowNanos) * ALONE_SECONDS;
        boolean worksAlone =
                bytesSoon >= info.pieceLengthBytes() && map.have().size() >= FIRST_PIECES;
        for (var partial : partials.open()) {
            if ((!worksAlone || partial.isOrphan()) && mayTake(partial, session)) {
                return Optional.of(partial);
            }
        }
        int piece = unbegun(session);
        if (piece >= 0) {
            return Optional.of(begin(piece, session.down.isSuspect()));
        }
        for (var partial : partials.open()) {
            if (mayTake(partial, session)) {
                return Optional.of(partial);
            }
        }
        return Optional.empty();
    }

    private boolean mayTake(PartialPiece partial, PeerSession session) {
        return mayFetch(partial.pieceIndex(), session)
                && partial.isOpenTo(session)
                && (!session.down.isSuspect() || partial.isExclusive());
    }

    private static boolean mayFetch(int pieceIndex, PeerSession session) {
        return session.pieces.contains(pieceIndex)
                && (!session.isChokingUs || session.down.allowedFast.contains(pieceIndex));
    }

    private PartialPiece begin(int pieceIndex, boolean isExclusive) {
        order.remove(pieceIndex);
        var blocks = written.remove(pieceIndex);
        return partials.begin(pieceIndex, blocks == null ? new BitSet() : blocks, isExclusive);
    }

    /// The piece to begin with this peer, or -1.
    private int unbegun(PeerSession session) {
        if (session.isChokingUs) {
            return firstOf(session.down.allowedFast, session);
        }
        int suggested = firstOf(session.down.suggested, session);
        if (suggested >= 0 || order.size() == 0) {
            return suggested;
        }
        if (map.have().size() < FIRST_PIECES) {
            for (int i = 0; i < RANDOM_TRIES; i++) {
                int piece = order.at(random.nextInt(order.size()));
                if (session.pieces.contains(piece)) {
                    return piece;
                }
            }
        }
        return rarest(session);
    }

    /// The rarest piece the peer has. The search goes on where the last one ended, and from the
    /// beginning once a second, so that rare pieces the peer lacks are not passed over again for
    /// every piece it has.
    private int rarest(PeerSession session) {
        int place = session.down.scannedPlaces;
        int end = Math.min(order.size(), place + MAX_SCAN);
        while (place < end && !session.pieces.contains(order.at(place))) {
            place++;
        }
        session.down.scannedPlaces = place;
        return place < end ? order.at(place) : anyOf(session.pieces.set());
    }

    private int firstOf(Set<Integer> hints, PeerSession session) {
        for (int piece : hints) {
            if (session.pieces.contains(piece) && order.contains(piece)) {
                return piece;
            }
        }
        return -1;
    }

    /// Any piece of the set that has not been begun, sought from a random place on.
    private int anyOf(PieceSet offered) {
        int start = random.nextInt(offered.pieceCount());
        int piece = offered.nextShared(order.members(), start);
        return piece >= 0 ? piece : offered.nextShared(order.members(), 0);
    }

    /// What one block is asked for as.
    BlockRange range(long key) {
        return info.block(BlockKeys.piece(key), BlockKeys.block(key));
    }
}
