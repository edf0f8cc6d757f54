package dev.starling.swarm;

import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.WireMessage;

/// Asks peers for blocks and takes what they send.
///
/// Every peer that lets us is kept busy up to its [RequestWindow]; a block that comes is answered
/// by the next request at once, whatever piece it is of. Blocks nobody asked for are counted as
/// wasted and, beyond a bound, end the connection.
final class Downloads {

    /// Silence after which a peer is put aside and others get its blocks (libtorrent's
    /// `piece_timeout`).
    static final long SNUB_NANOS = 20_000_000_000L;

    /// A peer put aside is asked for one block, to see whether it comes back.
    private static final int SNUBBED_WINDOW = 1;

    /// Blocks and rejects answering nothing, after which the peer is let go: a mebibyte, more than
    /// any race of cancels leaves over.
    static final int MAX_STRAYS = 64;

    /// Rejects in a row after which a peer that claims to serve us is let go.
    static final int MAX_REJECTS = 2_000;

    /// How long a peer that rejected a request is not asked again.
    private static final long REJECT_PAUSE_NANOS = 1_000_000_000L;

    /// Blocks an idle peer is asked for in the endgame, each already asked of one other.
    static final int ENDGAME_WINDOW = 8;

    private final SwarmState state;
    private final InfoDictionary info;
    private final PieceMap map;
    private final PiecePicker picker;
    private final SmartBan smartBan = new SmartBan();
    private boolean isStalled;

    Downloads(SwarmState state, InfoDictionary info, PieceMap map, PiecePicker picker) {
        this.state = state;
        this.info = info;
        this.map = map;
        this.picker = picker;
    }

    /// Asks the peer for as much as its window has room for.
    void refill(PeerSession session, Turn turn) {
        if (!mayAsk(session, turn)) {
            return;
        }
        var down = session.down;
        int window = down.isSnubbed ? SNUBBED_WINDOW : down.window.size();
        while (down.outstanding.size() < window) {
            long key = picker.take(session, turn.nowNanos());
            if (key == PiecePicker.NONE) {
                break;
            }
            request(session, key, turn);
        }
        if (down.outstanding.isEmpty() && !down.isSnubbed && picker.isAllRequested()) {
            beginEndgame(session, turn);
        }
    }

    void refillAll(Turn turn) {
        for (var session : state.sessions()) {
            refill(session, turn);
        }
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
        var partial = picker.partial(block.pieceIndex());
        boolean isExpected = answers(session, BlockKeys.key(block.pieceIndex(), index));
        if (!isExpected
                || partial.isEmpty()
                || partial.get().hasReceived(index)
                || !partial.get().isOpenTo(session)) {
            picker.release(BlockKeys.key(block.pieceIndex(), index), session);
            wasted(session, length, isExpected, turn);
            return;
        }
        delivered(session, turn);
        take(session, partial.get(), index, turn);
        turn.emit(
                new SwarmEffect.StoreBlock(block.pieceIndex(), block.offsetBytes(), block.data()));
        refill(session, turn);
    }

    void rejected(PeerSession session, BlockRange range, Turn turn) {
        long key = BlockKeys.key(range.pieceIndex(), range.blockIndex());
        session.down.allowedFast.remove(range.pieceIndex());
        session.down.suggested.remove(range.pieceIndex());
        if (session.down.outstanding.remove(key)) {
            picker.release(key, session);
            session.down.pausedUntilNanos = turn.nowNanos() + REJECT_PAUSE_NANOS;
            if (++session.down.rejectCount > MAX_REJECTS) {
                turn.drop(session, "rejects every request");
            }
            refillIdle(turn);
        } else if (session.down.abandonedCount > 0) {
            session.down.abandonedCount--;
        } else if (++session.down.strayCount > MAX_STRAYS) {
            turn.drop(session, "rejects what was never requested");
        }
    }

    /// The peer has choked us: without the fast extension all requests are void (BEP 3), with it
    /// each is still answered (BEP 6), but nobody waits for that.
    void choked(PeerSession session, Turn turn) {
        boolean hasFreed = release(session);
        refill(session, turn);
        if (hasFreed) {
            refillIdle(turn);
        }
    }

    void unchoked(PeerSession session, Turn turn) {
        session.down.pausedUntilNanos = turn.nowNanos();
        refill(session, turn);
    }

    /// Takes back what was asked of a connection that is gone.
    void lost(PeerSession session, Turn turn) {
        if (release(session)) {
            refillIdle(turn);
        }
    }

    /// Puts aside who keeps silent and asks those who have room.
    void tick(Turn turn) {
        for (var session : state.sessions()) {
            var down = session.down;
            down.scannedPlaces = 0;
            if (!down.outstanding.isEmpty() && turn.nowNanos() - down.lastBlockNanos > SNUB_NANOS) {
                down.isSnubbed = true;
                cancelAll(session, turn);
            }
        }
        refillAll(turn);
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
        var partial = picker.partial(pieceIndex);
        if (partial.isEmpty() || !partial.get().isComplete()) {
            return; // the piece was given up, and asked for again, before the report came
        }
        state.wastedBytes += info.pieceLength(pieceIndex);
        smartBan.failed(partial.get(), turn);
        picker.beginExclusive(pieceIndex);
        refillIdle(turn);
    }

    void digested(SwarmInput.BlocksDigested digested, Turn turn) {
        smartBan.digested(digested, turn);
    }

    /// Storage takes nothing: asks for nothing, and forgets what was not verified.
    void stalled(Turn turn) {
        isStalled = true;
        for (var session : state.sessions()) {
            cancelAll(session, turn);
            session.down.forgetCurrent();
        }
        picker.forgetAll();
    }

    void resumed(Turn turn) {
        isStalled = false;
        refillAll(turn);
    }

    boolean isStalled() {
        return isStalled;
    }

    private boolean mayAsk(PeerSession session, Turn turn) {
        var down = session.down;
        return !isStalled
                && !session.isClosed
                && session.isInteresting
                && (!session.isChokingUs || !down.allowedFast.isEmpty())
                && turn.nowNanos() - down.pausedUntilNanos >= 0;
    }

    private void request(PeerSession session, long key, Turn turn) {
        if (session.down.outstanding.isEmpty()) {
            session.down.lastBlockNanos = turn.nowNanos();
        }
        if (!session.down.outstanding.add(key)) {
            throw new IllegalStateException(picker.range(key) + " asked twice of " + session);
        }
        turn.send(session, new WireMessage.Request(picker.range(key)));
    }

    private void beginEndgame(PeerSession session, Turn turn) {
        for (int i = 0; i < ENDGAME_WINDOW; i++) {
            long key = picker.takeBusy(session);
            if (key == PiecePicker.NONE) {
                return;
            }
            request(session, key, turn);
        }
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

    /// Whether the block answers a request, one we still count on or one we gave up.
    private boolean answers(PeerSession session, long key) {
        if (session.down.outstanding.remove(key)) {
            return true;
        }
        if (session.down.abandonedCount > 0) {
            session.down.abandonedCount--;
            return true;
        }
        return false;
    }

    private void wasted(PeerSession session, int length, boolean isExpected, Turn turn) {
        state.wastedBytes += length;
        if (!isExpected && ++session.down.strayCount > MAX_STRAYS) {
            turn.drop(session, "sends what was never requested");
        }
        refill(session, turn);
    }

    private void delivered(PeerSession session, Turn turn) {
        var down = session.down;
        down.lastBlockNanos = turn.nowNanos();
        down.isSnubbed = false;
        down.rejectCount = 0;
        down.window.blockArrived(turn.nowNanos(), down.rate);
    }

    private void take(PeerSession session, PartialPiece partial, int index, Turn turn) {
        for (var loser : picker.receive(partial, index, session)) {
            cancel(loser, BlockKeys.key(partial.pieceIndex(), index), turn);
            if (loser.down.outstanding.isEmpty()) {
                refill(loser, turn);
            }
        }
    }

    private void cancel(PeerSession session, long key, Turn turn) {
        if (session.down.outstanding.remove(key)) {
            session.down.abandonedCount++;
            turn.send(session, new WireMessage.Cancel(picker.range(key)));
        }
    }

    private void cancelAll(PeerSession session, Turn turn) {
        for (long key : session.down.outstanding.drain()) {
            picker.release(key, session);
            session.down.abandonedCount++;
            turn.send(session, new WireMessage.Cancel(picker.range(key)));
        }
    }

    /// Gives up what is asked of the peer, but for what it allows us while it chokes us; whether
    /// that was anything.
    private boolean release(PeerSession session) {
        boolean hasFreed = false;
        var down = session.down;
        for (long key : down.outstanding.drain()) {
            if (!session.isClosed && down.allowedFast.contains(BlockKeys.piece(key))) {
                down.outstanding.add(key);
            } else {
                picker.release(key, session);
                down.abandonedCount++;
                hasFreed = true;
            }
        }
        down.forgetCurrent();
        return hasFreed;
    }

    private void refillIdle(Turn turn) {
        for (var session : state.sessions()) {
            if (session.down.outstanding.isEmpty()) {
                refill(session, turn);
            }
        }
    }
}
