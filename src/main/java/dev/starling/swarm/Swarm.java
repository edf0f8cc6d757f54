package dev.starling.swarm;

import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import dev.starling.metainfo.InfoDictionary;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One torrent among its peers, from a bare infohash to seeding.
public final class Swarm implements StateMachine<SwarmInput, SwarmEffect> {

    /// Blocks of one connection that may be on their way from disk to network: enough to keep a
    /// fast link busy, little enough to be forgotten on a choke.
    public static final int MAX_UPLOADS_IN_FLIGHT = 64;

    /// What a swarm is told at birth.
    ///
    /// @param peerId what we call ourselves in handshakes
    /// @param listenPort our TCP port, 0 when we cannot be called
    /// @param maxConnections bound on connections of this swarm
    /// @param uploadSlots peers unchoked at a time, the optimistic one included
    public record Settings(Id peerId, int listenPort, int maxConnections, int uploadSlots) {}

    /// Begins with the metadata still to be fetched.
    public Swarm(Id infoHash, Settings settings, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    /// Begins with the metadata known; waits for [SwarmInput.Opened].
    public Swarm(InfoDictionary info, Settings settings, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void handle(SwarmInput input, long nowNanos, Consumer<? super SwarmEffect> effects) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void expire(long nowNanos, Consumer<? super SwarmEffect> effects) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nextDeadlineNanos() {
        throw new UnsupportedOperationException();
    }

    public Id infoHash() {
        throw new UnsupportedOperationException();
    }

    public Optional<InfoDictionary> info() {
        throw new UnsupportedOperationException();
    }

    public SwarmStatus status(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// What is known of each connected peer, for a person to look at.
    public List<PeerStatus> peers(long nowNanos) {
        throw new UnsupportedOperationException();
    }
}
