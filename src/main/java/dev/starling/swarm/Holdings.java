package dev.starling.swarm;

import dev.starling.metainfo.PieceSet;
import dev.starling.wire.WireMessage;

/// Keeps count of what peers have, and tells each whether it has something we want.
final class Holdings {

    private final PieceMap map;
    private final PieceOrder order;

    Holdings(PieceMap map, PieceOrder order) {
        this.map = map;
        this.order = order;
    }

    /// Reads all the peer has told so far.
    void learn(PeerSession session, Turn turn) {
        forget(session);
        if (!session.pieces.resolve(map.full())) {
            turn.drop(session, "names pieces that the torrent does not have");
            return;
        }
        if (!session.pieces.isCountedAsSeed) {
            var set = session.pieces.set();
            for (int piece = set.next(0); piece >= 0; piece = set.next(piece + 1)) {
                order.increment(piece);
            }
        }
        recount(session, turn);
    }

    /// The peer has one more piece; false if that is nothing new.
    boolean have(PeerSession session, int pieceIndex, Turn turn) {
        if (pieceIndex < 0 || pieceIndex >= map.full().pieceCount()) {
            turn.drop(session, "has a piece that the torrent does not have");
            return false;
        }
        if (!session.pieces.add(pieceIndex)) {
            return false;
        }
        order.increment(pieceIndex);
        if (map.needs(pieceIndex)) {
            session.down.wantedCount++;
            tell(session, turn);
        }
        return true;
    }

    /// We have one more piece.
    void verified(PeerSession session, int pieceIndex, Turn turn) {
        if (!session.pieces.isFull()) {
            turn.send(session, new WireMessage.Have(pieceIndex));
        }
        if (map.wanted().contains(pieceIndex) && session.pieces.contains(pieceIndex)) {
            session.down.wantedCount--;
            tell(session, turn);
        }
    }

    /// What we want has changed.
    void recount(PeerSession session, Turn turn) {
        session.down.wantedCount = map.neededOf(session.pieces.set());
        tell(session, turn);
    }

    /// The peer is gone, or what it has is read anew.
    void forget(PeerSession session) {
        PieceSet set = session.pieces.set();
        if (!session.pieces.isCountedAsSeed) {
            for (int piece = set.next(0); piece >= 0; piece = set.next(piece + 1)) {
                order.decrement(piece);
            }
        }
    }

    private static void tell(PeerSession session, Turn turn) {
        boolean isInteresting = session.down.wantedCount > 0;
        if (isInteresting != session.isInteresting) {
            session.isInteresting = isInteresting;
            turn.send(
                    session,
                    isInteresting ? new WireMessage.Interested() : new WireMessage.NotInterested());
        }
    }
}
