package dev.starling.swarm;

import dev.starling.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One call of the machine: its time, where its effects go, and whose connection ends with it.
///
/// The parts of a swarm never close a connection under one another's feet: they mark it here, and
/// [Swarm] clears away what belonged to it when the call is done.
final class Turn {

    private final long nowNanos;
    private final Consumer<? super SwarmEffect> effects;
    private List<PeerSession> departed = List.of();
    private List<PeerSession> banned = List.of();

    Turn(long nowNanos, Consumer<? super SwarmEffect> effects) {
        this.nowNanos = nowNanos;
        this.effects = effects;
    }

    long nowNanos() {
        return nowNanos;
    }

    void emit(SwarmEffect effect) {
        effects.accept(effect);
    }

    /// Sends unless the connection has ended meanwhile.
    void send(PeerSession session, WireMessage message) {
        if (!session.isClosed) {
            session.lastSentNanos = nowNanos;
            effects.accept(new SwarmEffect.Send(session.connection, message));
        }
    }

    /// Ends the connection; harmless if it has ended.
    void drop(PeerSession session, String reason) {
        if (!session.isClosed) {
            effects.accept(new SwarmEffect.Disconnect(session.connection, reason));
            depart(session);
        }
    }

    /// Ends the connection, if it still stands, and sees to it that there is no other.
    void ban(PeerSession session, String reason) {
        if (session.isBanned) {
            return;
        }
        session.isBanned = true;
        effects.accept(new SwarmEffect.Banned(session.listenEndpoint(), reason));
        drop(session, reason);
        if (banned.isEmpty()) {
            banned = new ArrayList<>();
        }
        banned.add(session);
    }

    /// Notes that the connection is gone, whoever ended it.
    void depart(PeerSession session) {
        session.isClosed = true;
        if (departed.isEmpty()) {
            departed = new ArrayList<>();
        }
        departed.add(session);
    }

    boolean isSettled() {
        return departed.isEmpty() && banned.isEmpty();
    }

    List<PeerSession> takeDeparted() {
        var taken = departed;
        departed = List.of();
        return taken;
    }

    List<PeerSession> takeBanned() {
        var taken = banned;
        banned = List.of();
        return taken;
    }
}
