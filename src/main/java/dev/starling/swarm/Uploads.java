package dev.starling.swarm;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.AllowedFastSet;
import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireMessage;
import java.util.ArrayList;

/// Takes peers' requests and has the blocks sent, a bounded number at a time.
final class Uploads {

    /// Requests of one peer that are queued, and announced as `reqq`: 16 MiB ahead, enough for any
    /// link; a request is 30 bytes of memory.
    static final int MAX_QUEUED = 1_000;

    /// Requests of one peer refused between two rounds of the choker before it is let go.
    static final int MAX_REFUSED = 5_000;

    private final SwarmState state;

    Uploads(SwarmState state) {
        this.state = state;
    }

    void requested(PeerSession session, BlockRange range, Turn turn) {
        var info = state.info();
        if (info.isPresent() && !info.get().contains(range)) {
            turn.drop(session, "requested bytes outside the torrent");
        } else if (mayHave(session, range)) {
            session.up.queue.add(range);
            pump(session, turn);
        } else {
            refuse(session, range, turn);
        }
    }

    /// With the fast extension even a cancelled request gets its answer (BEP 6).
    void cancelled(PeerSession session, BlockRange range, Turn turn) {
        if (session.up.queue.remove(range)) {
            answerNo(session, range, turn);
        }
    }

    void uploaded(PeerSession session, BlockRange range, Turn turn) {
        if (session.up.inFlight == 0) {
            throw new IllegalStateException("uploaded " + range + ", but none was on its way");
        }
        session.up.inFlight--;
        session.up.rate.add(turn.nowNanos(), range.lengthBytes());
        state.sent.add(turn.nowNanos(), range.lengthBytes());
        session.lastSentNanos = turn.nowNanos();
        pump(session, turn);
    }

    void unchoke(PeerSession session, Turn turn) {
        session.isChoked = false;
        session.up.unchokedNanos = turn.nowNanos();
        session.up.bytesWhenUnchoked = session.up.rate.totalBytes();
        turn.send(session, new WireMessage.Unchoke());
    }

    /// Chokes and, with the fast extension, answers what was queued (BEP 6).
    void choke(PeerSession session, Turn turn) {
        session.isChoked = true;
        session.up.lastChokedNanos = turn.nowNanos();
        turn.send(session, new WireMessage.Choke());
        var queued = new ArrayList<>(session.up.queue);
        session.up.queue.clear();
        for (var range : queued) {
            if (session.up.allowedFast.contains(range.pieceIndex())) {
                session.up.queue.add(range);
            } else {
                answerNo(session, range, turn);
            }
        }
    }

    /// Gives a choked newcomer a few pieces to begin with, those of ours that are in its canonical
    /// set.
    void offerAllowedFast(PeerSession session, InfoDictionary info, PieceMap map, Turn turn) {
        if (!session.speaksFast
                || !session.up.allowedFast.isEmpty()
                || session.pieces.set().size() >= AllowedFastSet.USUAL_COUNT) {
            return;
        }
        var allowed =
                AllowedFastSet.of(
                        session.endpoint.address(),
                        state.infoHash,
                        info.pieceCount(),
                        AllowedFastSet.USUAL_COUNT);
        for (int piece : allowed) {
            if (map.has(piece)) {
                session.up.allowedFast.add(piece);
                turn.send(session, new WireMessage.AllowedFast(piece));
            }
        }
    }

    private boolean mayHave(PeerSession session, BlockRange range) {
        return state.map().isPresent()
                && state.map().get().has(range.pieceIndex())
                && range.lengthBytes() <= WireDecoder.MAX_BLOCK_BYTES
                && session.up.queue.size() < MAX_QUEUED
                && (!session.isChoked || mayHaveChoked(session, range));
    }

    /// Each allowed piece is given once.
    private boolean mayHaveChoked(PeerSession session, BlockRange range) {
        if (!session.up.allowedFast.contains(range.pieceIndex())) {
            return false;
        }
        long budget =
                (long) session.up.allowedFast.size()
                        * state.info().orElseThrow().pieceLengthBytes();
        session.up.allowedFastBytes += range.lengthBytes();
        return session.up.allowedFastBytes <= budget;
    }

    private void refuse(PeerSession session, BlockRange range, Turn turn) {
        if (++session.up.refusedCount > MAX_REFUSED) {
            turn.drop(session, "goes on requesting what it was refused");
        } else {
            answerNo(session, range, turn);
        }
    }

    private static void answerNo(PeerSession session, BlockRange range, Turn turn) {
        if (session.speaksFast) {
            turn.send(session, new WireMessage.RejectRequest(range));
        }
    }

    private static void pump(PeerSession session, Turn turn) {
        var up = session.up;
        while (up.inFlight < Swarm.MAX_UPLOADS_IN_FLIGHT && !up.queue.isEmpty()) {
            up.inFlight++;
            turn.emit(new SwarmEffect.Upload(session.connection, up.queue.remove()));
        }
    }
}
