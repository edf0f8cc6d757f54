package dev.starling.swarm;

import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One torrent among its peers, from a bare infohash to seeding.
///
/// Confined to its loop. Owns its peer connections and everything remembered of them; the rules are
/// with its parts, one class each, and this class leads each input to the part it concerns. What
/// peers send is hostile: it costs a bounded amount of memory and time, and at most the connection
/// that sent it.
public final class Swarm implements StateMachine<SwarmInput, SwarmEffect> {

    /// Blocks of one connection that may be on their way from disk to network: enough to keep a
    /// fast link busy, little enough to be forgotten on a choke.
    public static final int MAX_UPLOADS_IN_FLIGHT = 64;

    private static final long TICK_NANOS = 1_000_000_000L;

    /// Earlier than any time, and far enough from the edge of the range to be subtracted from.
    static final long AT_ONCE = Long.MIN_VALUE / 2;

    private final SwarmState state;
    private final Connections connections;
    private final Uploads uploads;
    private final Choker choker;
    private final PeerExchange exchange;
    private final Conversation conversation;
    private final PeerHunger hunger;
    private final MetadataFetch metadata;
    private final Progress progress;
    private long nextTickNanos = AT_ONCE;

    /// What a swarm is told at birth.
    ///
    /// @param peerId what we call ourselves in handshakes
    /// @param listenPort our TCP port, 0 when we cannot be called
    /// @param maxConnections bound on connections of this swarm
    /// @param uploadSlots peers unchoked at a time, the optimistic one included
    public record Settings(Id peerId, int listenPort, int maxConnections, int uploadSlots) {}

    /// Begins with the metadata still to be fetched.
    public Swarm(Id infoHash, Settings settings, RandomGenerator random) {
        state = new SwarmState(infoHash, settings, random);
        connections = new Connections(state);
        uploads = new Uploads(state);
        choker = new Choker(state, uploads);
        exchange = new PeerExchange(state, connections.book());
        conversation = new Conversation(state, connections, choker, exchange);
        progress = new Progress(state, connections, conversation);
        hunger = new PeerHunger(state, connections.book());
        metadata = new MetadataFetch(infoHash);
    }

    /// Begins with the metadata known; waits for [SwarmInput.Opened].
    public Swarm(InfoDictionary info, Settings settings, RandomGenerator random) {
        this(info.infoHash(), settings, random);
        state.metadataKnown(info);
    }

    @Override
    public void handle(SwarmInput input, long nowNanos, Consumer<? super SwarmEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        if (state.stage == SwarmStatus.Stage.STOPPED) {
            handleStopped(input, turn);
            return;
        }
        dispatch(input, turn);
        settle(turn);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super SwarmEffect> effects) {
        if (state.stage == SwarmStatus.Stage.STOPPED || nowNanos < nextTickNanos) {
            return;
        }
        var turn = new Turn(nowNanos, effects);
        tick(turn);
        nextTickNanos = NO_DEADLINE;
        settle(turn);
    }

    @Override
    public long nextDeadlineNanos() {
        return nextTickNanos;
    }

    public Id infoHash() {
        return state.infoHash;
    }

    public Optional<InfoDictionary> info() {
        return state.info();
    }

    public SwarmStatus status(long nowNanos) {
        return Report.status(state, connections.book(), metadata, nowNanos);
    }

    /// What is known of each connected peer, for a person to look at.
    public List<PeerStatus> peers(long nowNanos) {
        var peers = new ArrayList<PeerStatus>();
        for (var session : state.sessions()) {
            peers.add(Report.peer(session, nowNanos));
        }
        return peers;
    }

    /// What every block brings is told apart before the rest: a switch over types goes through
    /// method handles, as lambdas do, which cost many times a plain test while the process is
    /// young.
    private void dispatch(SwarmInput input, Turn turn) {
        if (input instanceof SwarmInput.Received(var connection, var message)) {
            received(connection, message, turn);
        } else if (input instanceof SwarmInput.Uploaded(var connection, var range)) {
            uploaded(connection, range, turn);
        } else {
            dispatchRest(input, turn);
        }
    }

    private void received(ConnectionId connection, WireMessage message, Turn turn) {
        var session = state.session(connection);
        if (session.isPresent()) {
            received(session.get(), message, turn);
        }
    }

    private void uploaded(ConnectionId connection, BlockRange range, Turn turn) {
        var session = state.session(connection);
        if (session.isPresent()) {
            uploads.uploaded(session.get(), range, turn);
        }
    }

    private void dispatchRest(SwarmInput input, Turn turn) {
        switch (input) {
            case SwarmInput.Received(var connection, var message) ->
                    received(connection, message, turn);
            case SwarmInput.Uploaded(var connection, var range) ->
                    uploaded(connection, range, turn);
            case SwarmInput.PeersFound found -> connections.found(found, turn);
            case SwarmInput.Connected connected -> connected(connected, turn);
            case SwarmInput.ConnectFailed(var endpoint, _) ->
                    connections.callFailed(endpoint, turn);
            case SwarmInput.Misbehaved(var connection, _) ->
                    state.session(connection).ifPresent(turn::depart);
            case SwarmInput.Closed(var connection) ->
                    state.session(connection).ifPresent(turn::depart);
            case SwarmInput.Opened(var have, var written) -> progress.opened(have, written, turn);
            case SwarmInput.PieceVerified(int piece) -> progress.verified(piece, turn);
            case SwarmInput.PieceFailed(int piece) -> progress.failed(piece, turn);
            case SwarmInput.BlocksDigested digested -> progress.digested(digested, turn);
            case SwarmInput.StorageStalled _ -> progress.stalled(turn);
            case SwarmInput.StorageResumed() -> progress.resumed(turn);
            case SwarmInput.Select(var files) -> progress.select(files, turn);
            case SwarmInput.Stop() -> stop(turn);
        }
    }

    /// After the end only what asks for an answer is answered.
    private static void handleStopped(SwarmInput input, Turn turn) {
        if (input instanceof SwarmInput.Connected connected) {
            turn.emit(new SwarmEffect.Disconnect(connected.connection(), "stopped"));
        }
    }

    private void received(PeerSession session, WireMessage message, Turn turn) {
        session.lastReceivedNanos = turn.nowNanos();
        conversation.received(session, message, progress.transfer(), turn);
        if (state.stage != SwarmStatus.Stage.FETCHING_METADATA) {
            return;
        }
        if (message instanceof WireMessage.ExtensionHandshake) {
            metadata.offered(session, turn);
        } else if (message instanceof WireMessage.MetadataData data) {
            fetched(metadata.received(session, data, turn), turn);
        } else if (message instanceof WireMessage.MetadataReject(int block)) {
            metadata.rejected(session, block, turn);
        }
    }

    private void fetched(MetadataTrial.Outcome outcome, Turn turn) {
        switch (outcome) {
            case MetadataTrial.Pending() -> {}
            case MetadataTrial.Fetched(var info) -> {
                state.metadataKnown(info);
                metadata.clear();
                turn.emit(new SwarmEffect.MetadataVerified(info));
                state.sessions().forEach(session -> conversation.introduce(session, turn));
            }
            case MetadataTrial.Unusable(var reason) -> {
                turn.emit(new SwarmEffect.MetadataRefused(reason));
                stop(turn);
            }
        }
    }

    private void connected(SwarmInput.Connected connected, Turn turn) {
        var taken = connections.connected(connected, turn);
        if (taken.isPresent()) {
            var session = taken.get();
            conversation.greet(session, turn);
            progress.transfer().ifPresent(t -> t.holdings().learn(session, turn));
        }
    }

    private void stop(Turn turn) {
        state.sessions().forEach(session -> turn.drop(session, "stopped"));
        state.stage = SwarmStatus.Stage.STOPPED;
        nextTickNanos = NO_DEADLINE;
    }

    private void tick(Turn turn) {
        connections.tick(turn);
        if (state.stage == SwarmStatus.Stage.FETCHING_METADATA) {
            metadata.tick(turn);
        }
        progress.transfer().ifPresent(t -> t.downloads().tick(turn));
        choker.tick(turn);
        exchange.tick(turn);
        hunger.tick(turn);
    }

    /// Clears away the connections that ended in this call; the room they leave is used at once.
    private void settle(Turn turn) {
        while (!turn.isSettled() && state.stage != SwarmStatus.Stage.STOPPED) {
            turn.takeBanned().forEach(session -> connections.banned(session, turn));
            for (var session : turn.takeDeparted()) {
                departed(session, turn);
            }
        }
        if (state.stage != SwarmStatus.Stage.STOPPED && nextTickNanos > turn.nowNanos()) {
            nextTickNanos = Math.min(nextTickNanos, nextStir(turn.nowNanos()));
        }
    }

    private void departed(PeerSession session, Turn turn) {
        connections.departed(session, turn);
        metadata.lost(session);
        progress.transfer()
                .ifPresent(t -> {
                    t.holdings().forget(session);
                    t.downloads().lost(session, turn);
                });
        choker.fill(turn);
        connections.call(turn);
        hunger.lost(turn);
    }

    /// When something may be due: soon with connections; without, when there is someone to call or
    /// to look for.
    private long nextStir(long nowNanos) {
        long soonest = nowNanos + TICK_NANOS;
        if (!state.sessions().isEmpty()) {
            return soonest;
        }
        long next = hunger.nextNanos();
        var call = connections.book().nextCallNanos(state.isSeeding());
        return Math.max(soonest, call.isPresent() ? Math.min(next, call.get()) : next);
    }
}
