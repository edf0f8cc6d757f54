package dev.starling.swarm;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.wire.WireMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Tells connected peers of one another and hears of more (BEP 11); silent in private torrents (BEP
/// 27).
final class PeerExchange {

    /// BEP 11: "should not be sent more frequently than once a minute".
    static final long SEND_NANOS = 60_000_000_000L;

    /// The first message waits for some connections to stand.
    static final long FIRST_SEND_NANOS = 5_000_000_000L;

    /// Messages that come sooner after the last are ignored; less than a minute, as clocks differ.
    static final long ACCEPT_NANOS = 45_000_000_000L;

    /// BEP 11: no more than fifty added and fifty dropped at a time.
    static final int MAX_ENDPOINTS = 50;

    private final SwarmState state;
    private final PeerBook book;

    PeerExchange(SwarmState state, PeerBook book) {
        this.state = state;
        this.book = book;
    }

    /// The peer says that it takes such messages.
    void spoken(PeerSession session, Turn turn) {
        if (!session.pex.isSpoken) {
            session.pex.isSpoken = true;
            session.pex.nextSendNanos = turn.nowNanos() + FIRST_SEND_NANOS;
        }
    }

    void tick(Turn turn) {
        if (state.isPrivate()) {
            return;
        }
        for (var session : state.sessions()) {
            if (session.pex.isSpoken && turn.nowNanos() - session.pex.nextSendNanos >= 0) {
                session.pex.nextSendNanos = turn.nowNanos() + SEND_NANOS;
                tell(session, turn);
            }
        }
    }

    /// Takes in addresses, at most one port of each public host, since one message could otherwise
    /// send us to call all ports of a victim.
    void received(PeerSession session, WireMessage.PeerExchange message, Turn turn) {
        if (state.isPrivate() || turn.nowNanos() - session.pex.acceptFromNanos < 0) {
            return;
        }
        session.pex.acceptFromNanos = turn.nowNanos() + ACCEPT_NANOS;
        var hosts = new HashSet<IpAddress>();
        var added = message.added();
        for (var endpoint : added.subList(0, Math.min(added.size(), 2 * MAX_ENDPOINTS))) {
            boolean isPlausible =
                    endpoint.address().isGlobal()
                            ? hosts.add(endpoint.address())
                            : !session.endpoint.address().isGlobal();
            if (isPlausible) {
                book.add(endpoint, SwarmInput.Source.PEER_EXCHANGE, turn.nowNanos());
                if (message.seeds().contains(endpoint)) {
                    book.saidToBeSeed(endpoint);
                }
            }
        }
    }

    private void tell(PeerSession session, Turn turn) {
        var told = session.pex.told;
        var current = new LinkedHashSet<Endpoint>();
        for (var other : state.sessions()) {
            if (other != session && !other.isClosed && other.isListenPortKnown()) {
                current.add(other.listenEndpoint());
            }
        }
        var added = first(current, told);
        var dropped = first(told, current);
        if (!added.isEmpty() || !dropped.isEmpty()) {
            told.addAll(added);
            dropped.forEach(told::remove);
            turn.send(session, new WireMessage.PeerExchange(added, dropped, seedsOf(added)));
        }
    }

    private Set<Endpoint> seedsOf(List<Endpoint> endpoints) {
        var seeds = new LinkedHashSet<Endpoint>();
        for (var other : state.sessions()) {
            if (other.isSeed() && endpoints.contains(other.listenEndpoint())) {
                seeds.add(other.listenEndpoint());
            }
        }
        return seeds;
    }

    /// The first fifty of `these` that are not among `those`.
    private static List<Endpoint> first(Set<Endpoint> these, Set<Endpoint> those) {
        var found = new ArrayList<Endpoint>();
        for (var endpoint : these) {
            if (found.size() < MAX_ENDPOINTS && !those.contains(endpoint)) {
                found.add(endpoint);
            }
        }
        return found;
    }
}
