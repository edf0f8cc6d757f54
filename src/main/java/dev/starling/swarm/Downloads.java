package dev.starling.swarm;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.WireMessage;

/// Takes what peers send and what storage finds out about it.
///
/// A block that comes is answered by the next request at once. Blocks nobody asked for are counted
/// as wasted and, beyond a bound, end the connection.
final class Downloads {

    /// Silence after which a peer is put aside and others get its blocks (libtorrent's
    /// `piece_timeout`).
    static final long SNUB_NANOS = 20_000_000_000L;

    /// Blocks and rejects answering nothing, after which the peer is let go: a mebibyte, more than
    /// any race of cancels leaves over.
    static final int MAX_STRAYS = 64;

    /// Rejects in a row after which a peer that claims to serve us is let go.
    static final int MAX_REJECTS = 2_000;

    /// How long a peer that rejected a request is not asked again.
    private static final long REJECT_PAUSE_NANOS = 1_000_000_000L;

    private final SwarmState state;
    private final InfoDictionary info;
    private final PieceMap map;
    private final PiecePicker picker;
    private final Requests requests;
    private final SmartBan smartBan = new SmartBan();

    Downloads(SwarmState state, InfoDictionary info, PieceMap map, PiecePicker picker) {
        this.state = state;
        this.info = info;
        this.map = map;
        this.picker = picker;
        this.requests = new Requests(state, picker);
    }

    Requests requests() {
        return requests;
    }

    void blockArrived(PeerSession session, WireMessage.Piece block, Turn turn) {
        int length = block.data().remaining();
        state.received.add(turn.nowNanos(), length);
        session.down.rate.add(turn.nowNanos(), length);
        if (!isBlock(block, length)) {
            turn.drop(session, "sent a block that nobody asks for");
            return;
        }
        int index = block.offsetBytes() / BlockRange.BLOCK_BYTES;
        long key = BlockKeys.key(block.pieceIndex(), index);
        var partial = picker.partials().at(block.pieceIndex());
        boolean isExpected = requests.isAnswered(session, key);
        if (isExpected
                && partial.isPresent()
                && !partial.get().hasReceived(index)
                && partial.get().isOpenTo(session)) {
            delivered(session, turn);
            take(session, partial.get(), index, turn);
            turn.emit(
                    new SwarmEffect.StoreBlock(
                            block.pieceIndex(), block.offsetBytes(), block.data()));
        } else {
            picker.partials().release(key, session);
            wasted(session, length, isExpected, turn);
        }
        requests.refill(session, turn);
    }

    void rejected(PeerSession session, BlockRange range, Turn turn) {
        var down = session.down;
        long key = BlockKeys.key(range.pieceIndex(), range.blockIndex());
        down.allowedFast.remove(range.pieceIndex());
        down.suggested.remove(range.pieceIndex());
        if (down.outstanding.remove(key)) {
            picker.partials().release(key, session);
            down.pausedUntilNanos = turn.nowNanos() + REJECT_PAUSE_NANOS;
            if (++down.rejectCount > MAX_REJECTS) {
                turn.drop(session, "rejects every request");
            }
            requests.refillIdle(turn);
        } else if (down.abandonedCount > 0) {
            down.abandonedCount--;
        } else if (++down.strayCount > MAX_STRAYS) {
            turn.drop(session, "rejects what was never requested");
        }
    }

    /// The peer has choked us: without the fast extension all requests are void (BEP 3), with it
    /// each is still answered (BEP 6), but nobody waits for that.
    void choked(PeerSession session, Turn turn) {
        requests.release(session, turn);
        requests.refill(session, turn);
    }

    void unchoked(PeerSession session, Turn turn) {
        session.down.pausedUntilNanos = turn.nowNanos();
        requests.refill(session, turn);
    }

    /// Takes back what was asked of a connection that is gone.
    void lost(PeerSession session, Turn turn) {
        requests.release(session, turn);
    }

    /// Puts aside who keeps silent and asks those who have room.
    void tick(Turn turn) {
        for (var session : state.sessions()) {
            var down = session.down;
            down.scannedPlaces = 0;
            if (!down.outstanding.isEmpty() && turn.nowNanos() - down.lastBlockNanos > SNUB_NANOS) {
                down.isSnubbed = true;
                requests.cancelAll(session, turn);
            }
        }
        requests.refillAll(turn);
    }

    /// Takes in a verified piece; false if it was known.
    boolean verified(int pieceIndex, Turn turn) {
        if (!map.verified(pieceIndex)) {
            return false;
        }
        picker.forget(pieceIndex);
        smartBan.passed(pieceIndex, turn);
        return true;
    }

    void failed(int pieceIndex, Turn turn) {
        var partial = picker.partials().at(pieceIndex);
        if (partial.isEmpty() || !partial.get().isComplete()) {
            return; // the piece was given up, and asked for again, before the report came
        }
        state.wastedBytes += info.pieceLength(pieceIndex);
        smartBan.failed(partial.get(), turn);
        picker.beginExclusive(pieceIndex);
        requests.refillIdle(turn);
    }

    void digested(SwarmInput.BlocksDigested digested, Turn turn) {
        smartBan.digested(digested, turn);
    }

    /// Storage takes nothing: asks for nothing, and forgets what was not verified.
    void stalled(Turn turn) {
        requests.hold(turn);
        picker.forgetAll();
        smartBan.clear();
    }

    private boolean isBlock(WireMessage.Piece block, int length) {
        int piece = block.pieceIndex();
        if (piece < 0 || piece >= info.pieceCount()) {
            return false;
        }
        int offset = block.offsetBytes();
        return offset >= 0
                && offset % BlockRange.BLOCK_BYTES == 0
                && offset < info.pieceLength(piece)
                && length == Math.min(BlockRange.BLOCK_BYTES, info.pieceLength(piece) - offset);
    }

    private void delivered(PeerSession session, Turn turn) {
        var down = session.down;
        down.lastBlockNanos = turn.nowNanos();
        down.isSnubbed = false;
        down.rejectCount = 0;
        down.window.blockArrived(turn.nowNanos(), down.rate);
    }

    private void take(PeerSession session, PartialPiece partial, int index, Turn turn) {
        for (var loser : picker.partials().receive(partial, index, session)) {
            requests.cancel(loser, BlockKeys.key(partial.pieceIndex(), index), turn);
        }
    }

    private void wasted(PeerSession session, int length, boolean isExpected, Turn turn) {
        state.wastedBytes += length;
        if (!isExpected && ++session.down.strayCount > MAX_STRAYS) {
            turn.drop(session, "sends what was never requested");
        }
    }
}
