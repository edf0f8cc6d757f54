package dev.starling.swarm;

import dev.starling.wire.WireMessage;

/// Keeps peers busy with requests, and takes requests back.
///
/// A peer has as many outstanding as its [RequestWindow] holds, of whatever pieces. When all that
/// is needed has been asked for, a peer with nothing to do is asked for blocks that one other peer
/// still owes: the endgame, bounded at two requesters a block.
final class Requests {

    /// A peer put aside is asked for one block, to see whether it comes back.
    private static final int SNUBBED_WINDOW = 1;

    /// Blocks an idle peer is asked for in the endgame, each already asked of one other.
    static final int ENDGAME_WINDOW = 8;

    private final SwarmState state;
    private final PiecePicker picker;
    private boolean isHeld;

    Requests(SwarmState state, PiecePicker picker) {
        this.state = state;
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

    /// Asks those who have nothing to do; blocks have come free.
    void refillIdle(Turn turn) {
        for (var session : state.sessions()) {
            if (session.down.outstanding.isEmpty()) {
                refill(session, turn);
            }
        }
    }

    /// Whether the block answers a request, one we still count on or one we gave up.
    boolean isAnswered(PeerSession session, long key) {
        if (session.down.outstanding.remove(key)) {
            return true;
        }
        if (session.down.abandonedCount > 0) {
            session.down.abandonedCount--;
            return true;
        }
        return false;
    }

    /// Tells a peer that another was faster.
    void cancel(PeerSession session, long key, Turn turn) {
        if (session.down.outstanding.remove(key)) {
            session.down.abandonedCount++;
            turn.send(session, new WireMessage.Cancel(picker.range(key)));
        }
        if (session.down.outstanding.isEmpty()) {
            refill(session, turn);
        }
    }

    /// Takes back all that is asked of the peer and tells it so.
    void cancelAll(PeerSession session, Turn turn) {
        for (long key : session.down.outstanding.drain()) {
            abandon(session, key);
            turn.send(session, new WireMessage.Cancel(picker.range(key)));
        }
        session.down.forgetCurrent();
    }

    /// Gives up what is asked of the peer, but for what it allows us while it chokes us, and asks
    /// others.
    void release(PeerSession session, Turn turn) {
        boolean hasFreed = false;
        var down = session.down;
        for (long key : down.outstanding.drain()) {
            if (!session.isClosed && down.allowedFast.contains(BlockKeys.piece(key))) {
                down.outstanding.add(key);
            } else {
                abandon(session, key);
                hasFreed = true;
            }
        }
        down.forgetCurrent();
        if (hasFreed) {
            refillIdle(turn);
        }
    }

    /// Asks for nothing until [#resume].
    void hold(Turn turn) {
        isHeld = true;
        for (var session : state.sessions()) {
            cancelAll(session, turn);
        }
    }

    void resume(Turn turn) {
        isHeld = false;
        refillAll(turn);
    }

    private boolean mayAsk(PeerSession session, Turn turn) {
        var down = session.down;
        return !isHeld
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

    private void abandon(PeerSession session, long key) {
        picker.partials().release(key, session);
        session.down.abandonedCount++;
    }
}
