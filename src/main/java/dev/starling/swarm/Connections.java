package dev.starling.swarm;

import dev.starling.id.Endpoint;
import dev.starling.wire.WireMessage;
import java.util.Optional;

/// Calls peers, takes up connections and lets them go.
final class Connections {

    /// Silence after which a connection is given up; peers send something every two minutes (BEP
    /// 3).
    static final long SILENCE_NANOS = 150_000_000_000L;

    /// Our own silence after which a keepalive is due.
    static final long KEEPALIVE_NANOS = 100_000_000_000L;

    /// A connection this old may be given up for a new one if it is of no use to either side.
    private static final long USELESS_AFTER_NANOS = 60_000_000_000L;

    private final SwarmState state;
    private final PeerBook book = new PeerBook();

    Connections(SwarmState state) {
        this.state = state;
    }

    PeerBook book() {
        return book;
    }

    void found(SwarmInput.PeersFound found, Turn turn) {
        for (var endpoint : found.peers()) {
            book.add(endpoint, found.source(), turn.nowNanos());
        }
        call(turn);
    }

    /// Calls whoever may be called while there is room.
    void call(Turn turn) {
        int room = state.settings.maxConnections() - state.sessions().size() - book.halfOpenCount();
        for (var endpoint : book.call(room, state.isSeeding(), turn.nowNanos())) {
            turn.emit(new SwarmEffect.Connect(endpoint));
        }
    }

    void callFailed(Endpoint endpoint, Turn turn) {
        book.callFailed(endpoint, turn.nowNanos());
        call(turn);
    }

    /// Takes up a connection, unless it is one too many.
    Optional<PeerSession> connected(SwarmInput.Connected connected, Turn turn) {
        var session = new PeerSession(connected, turn.nowNanos());
        var refusal = refusal(session, turn);
        if (refusal.isPresent()) {
            turn.emit(new SwarmEffect.Disconnect(session.connection, refusal.get()));
            if (session.isOutgoing) {
                book.callFailed(session.endpoint, turn.nowNanos());
            }
            return Optional.empty();
        }
        if (session.isOutgoing) {
            book.connected(session.endpoint, SwarmInput.Source.PEER_EXCHANGE, turn.nowNanos());
        }
        state.add(session);
        return Optional.of(session);
    }

    /// The caller says where it can be called.
    void listensAt(PeerSession session, int port, Turn turn) {
        if (!session.isListenPortKnown() && port > 0 && port <= 0xffff) {
            session.listenPort = port;
            book.connected(session.listenEndpoint(), SwarmInput.Source.INCOMING, turn.nowNanos());
        }
    }

    /// Forgets a connection that has ended.
    void departed(PeerSession session, Turn turn) {
        state.remove(session);
        if (!session.isListenPortKnown()) {
            return;
        }
        for (var other : state.sessions()) {
            if (other.isListenPortKnown()
                    && other.listenEndpoint().equals(session.listenEndpoint())) {
                return; // the peer is still connected
            }
        }
        boolean wasUseful =
                session.down.rate.totalBytes() > 0
                        || session.up.rate.totalBytes() > 0
                        || turn.nowNanos() - session.connectedNanos > USELESS_AFTER_NANOS;
        book.closed(session.listenEndpoint(), wasUseful, session.isSeed(), turn.nowNanos());
    }

    void banned(PeerSession session, Turn turn) {
        book.bans().add(session);
        book.forget(session.endpoint);
        book.forget(session.listenEndpoint());
        for (var other : state.sessions()) {
            if (!other.isClosed && book.bans().contains(other)) {
                turn.drop(other, "banned");
            }
        }
    }

    void tick(Turn turn) {
        for (var session : state.sessions()) {
            if (turn.nowNanos() - session.lastReceivedNanos > SILENCE_NANOS) {
                turn.drop(session, "silent for too long");
            } else if (turn.nowNanos() - session.lastSentNanos > KEEPALIVE_NANOS) {
                turn.send(session, new WireMessage.KeepAlive());
            }
        }
        if (state.sessions().size() >= state.settings.maxConnections() && book.freshCount() > 0) {
            dropUseless(turn);
        }
        call(turn);
    }

    private void dropUseless(Turn turn) {
        for (var session : state.sessions()) {
            boolean isAwaited = state.info().isEmpty() && session.servesMetadata;
            if (!session.isInteresting
                    && !session.isInterestedInUs
                    && !isAwaited
                    && turn.nowNanos() - session.connectedNanos > USELESS_AFTER_NANOS) {
                turn.drop(session, "of no use to either side");
                return;
            }
        }
    }

    private Optional<String> refusal(PeerSession session, Turn turn) {
        if (session.peerId.equals(state.settings.peerId())) {
            if (session.isOutgoing) {
                book.forget(session.endpoint);
                book.bans().avoid(session.endpoint);
            }
            return Optional.of("is ourselves");
        }
        if (book.bans().contains(session)) {
            return Optional.of("banned");
        }
        var twin = twin(session);
        if (twin.isPresent()) {
            if (!isPreferred(session, twin.get())) {
                if (session.isOutgoing) {
                    listensAt(twin.get(), session.endpoint.port(), turn);
                }
                return Optional.of("connected already");
            }
            turn.drop(twin.get(), "connected twice");
        } else if (state.sessions().size() >= state.settings.maxConnections()) {
            return Optional.of("too many connections");
        }
        return Optional.empty();
    }

    /// Another connection with the same peer. Peer ids are claims, so the host must be the same
    /// too: else a stranger could push a good peer out by taking its name.
    private Optional<PeerSession> twin(PeerSession session) {
        for (var other : state.sessions()) {
            if (!other.isClosed
                    && other.peerId.equals(session.peerId)
                    && other.endpoint.address().equals(session.endpoint.address())) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /// Both ends must keep the same one of two: that which the lower peer id called for, or, of two
    /// by the same caller, the older.
    private boolean isPreferred(PeerSession newer, PeerSession older) {
        boolean weAreLower = state.settings.peerId().compareTo(newer.peerId) < 0;
        return newer.isOutgoing != older.isOutgoing && newer.isOutgoing == weAreLower;
    }
}
