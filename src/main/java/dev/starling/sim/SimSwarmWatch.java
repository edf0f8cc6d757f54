package dev.starling.sim;

import dev.starling.metainfo.BlockRange;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import dev.starling.wire.WireMessage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Checks what must hold of every peer of a swarm, seen from outside by the messages alone.
///
/// - `asks-two-at-most`: no peer asks more than two others for the same block at once, and none
///   twice.
/// - `asks-for-nothing-it-has`: no peer asks for a block of a piece that it has verified.
/// - `bans-only-liars`: nobody bans a peer that has sent only what is right.
public final class SimSwarmWatch implements SimSwarm.Observer {

    private static final int MAX_REQUESTERS = 2;

    private final SimClock clock;
    private final String world;
    private final Predicate<SwarmEffect.Banned> isJust;
    private final Map<SimPeer, Map<BlockRange, Set<ConnectionId>>> asked = new HashMap<>();
    private final Map<SimPeer, BitSet> verified = new HashMap<>();
    private int secondRequests;
    private long checks;

    /// @param isJust whether a ban hits a liar
    SimSwarmWatch(SimClock clock, String world, Predicate<SwarmEffect.Banned> isJust) {
        this.clock = clock;
        this.world = world;
        this.isJust = isJust;
    }

    long checks() {
        return checks;
    }

    /// How often a second peer was asked for the same block.
    public int secondRequests() {
        return secondRequests;
    }

    @Override
    public void effect(SimPeer peer, SwarmEffect effect) {
        checks++;
        switch (effect) {
            case SwarmEffect.Send(var connection, WireMessage.Request(var range)) ->
                    requested(peer, connection, range);
            case SwarmEffect.Send(var connection, WireMessage.Cancel(var range)) ->
                    forget(peer, range, connection);
            case SwarmEffect.Disconnect(var connection, _) -> forgetAll(peer, connection);
            case SwarmEffect.Banned banned ->
                    require(isJust.test(banned), "bans-only-liars", peer, banned.toString());
            case SwarmEffect.Send _,
                    SwarmEffect.Connect _,
                    SwarmEffect.Upload _,
                    SwarmEffect.StoreBlock _,
                    SwarmEffect.DigestBlocks _,
                    SwarmEffect.MetadataVerified _,
                    SwarmEffect.MetadataRefused _,
                    SwarmEffect.NeedPeers _,
                    SwarmEffect.Completed _ -> {}
        }
    }

    @Override
    public void input(SimPeer peer, SwarmInput input) {
        if (input instanceof SwarmInput.Closed(var connection)) {
            forgetAll(peer, connection);
        } else if (input instanceof SwarmInput.PieceVerified(int piece)) {
            verified(peer).set(piece);
        } else if (input instanceof SwarmInput.Received(var connection, var message)) {
            if (message instanceof WireMessage.Piece(int piece, int offset, var data)) {
                forget(peer, new BlockRange(piece, offset, data.remaining()), connection);
            } else if (message instanceof WireMessage.RejectRequest(var range)) {
                forget(peer, range, connection);
            } else if (message instanceof WireMessage.Choke) {
                forgetAll(peer, connection);
            }
        }
    }

    private void requested(SimPeer peer, ConnectionId connection, BlockRange range) {
        var requesters = of(peer).computeIfAbsent(range, _ -> new HashSet<>());
        boolean isNew = requesters.add(connection) && requesters.size() <= MAX_REQUESTERS;
        require(isNew, "asks-two-at-most", peer, range + " asked of " + requesters);
        boolean isMissing = !verified(peer).get(range.pieceIndex());
        require(isMissing, "asks-for-nothing-it-has", peer, range.toString());
        secondRequests += requesters.size() - 1;
    }

    private void require(boolean holds, String invariant, SimPeer peer, String detail) {
        if (!holds) {
            var where = "at " + peer.endpoint() + " after " + SimText.seconds(clock.nowNanos());
            throw new SimViolation(invariant, where + " of " + world, detail);
        }
    }

    private BitSet verified(SimPeer peer) {
        return verified.computeIfAbsent(peer, _ -> new BitSet());
    }

    private Map<BlockRange, Set<ConnectionId>> of(SimPeer peer) {
        return asked.computeIfAbsent(peer, _ -> new HashMap<>());
    }

    private void forget(SimPeer peer, BlockRange range, ConnectionId connection) {
        var requesters = of(peer).get(range);
        if (requesters != null) {
            requesters.remove(connection);
        }
    }

    private void forgetAll(SimPeer peer, ConnectionId connection) {
        of(peer).values().forEach(requesters -> requesters.remove(connection));
    }
}
