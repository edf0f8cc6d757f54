package dev.starling.sim;

import dev.starling.metainfo.BlockRange;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import dev.starling.wire.WireMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Sees from outside, by the messages alone, that no peer ever asks more than two others for the
/// same block, and none twice.
final class RequesterBound implements SimSwarm.Observer {

    static final int MAX_REQUESTERS = 2;

    private final Map<SimPeer, Map<BlockRange, Set<ConnectionId>>> asked = new HashMap<>();

    /// How often a second peer was asked.
    int duplicates;

    @Override
    public void effect(SimPeer peer, SwarmEffect effect) {
        if (effect instanceof SwarmEffect.Send(var connection, var message)) {
            if (message instanceof WireMessage.Request(var range)) {
                var requesters = of(peer).computeIfAbsent(range, _ -> new HashSet<>());
                if (!requesters.add(connection) || requesters.size() > MAX_REQUESTERS) {
                    throw new AssertionError(range + " asked of " + requesters);
                }
                duplicates += requesters.size() - 1;
            } else if (message instanceof WireMessage.Cancel(var range)) {
                forget(peer, range, connection);
            }
        } else if (effect instanceof SwarmEffect.Disconnect(var connection, _)) {
            forgetAll(peer, connection);
        }
    }

    @Override
    public void input(SimPeer peer, SwarmInput input) {
        if (input instanceof SwarmInput.Closed(var connection)) {
            forgetAll(peer, connection);
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

    private Map<BlockRange, Set<ConnectionId>> of(SimPeer peer) {
        return asked.computeIfAbsent(peer, _ -> new HashMap<>());
    }

    private void forget(SimPeer peer, BlockRange range, ConnectionId connection) {
        of(peer).getOrDefault(range, Set.of()).removeIf(connection::equals);
    }

    private void forgetAll(SimPeer peer, ConnectionId connection) {
        of(peer).values().forEach(requesters -> requesters.remove(connection));
    }
}
