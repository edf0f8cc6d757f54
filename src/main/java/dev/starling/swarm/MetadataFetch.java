package dev.starling.swarm;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoReader;
import dev.starling.wire.WireMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Fetches the info dictionary from several peers at once (BEP 9).
///
/// Peers that claim the same size fill one assembly together. When its hash is wrong and one peer
/// sent it all, that peer is banned; when several did, each of them from then on fills an assembly
/// of its own, so that no liar can spoil another's, and once the true dictionary is known everyone
/// who sent anything else is banned.
final class MetadataFetch {

    /// Requests outstanding at one peer: a few round trips for the largest torrents, few enough to
    /// be queued by anyone.
    private static final int WINDOW = 8;

    /// Peers asked for the same block, so that one slow peer does not hold up a magnet link.
    private static final int ASKED_AT_ONCE = 3;

    /// Peers that fill an assembly alone at the same time, which bounds memory after a lie.
    private static final int ALONE_AT_ONCE = 4;

    /// Sizes claimed whose blocks are kept though nobody connected claims them any more.
    private static final int MAX_SIZES = 16;

    /// A peer that takes longer than this alone no longer keeps others from trying as well.
    private static final long SLOW_NANOS = 20_000_000_000L;

    private static final long TIMEOUT_NANOS = 8_000_000_000L;

    /// How long a peer is left alone that rejected a request or did not answer.
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final MetadataTrial trial;
    private final Map<Integer, MetadataAssembly> shared = new LinkedHashMap<>();
    private final Map<PeerSession, Ask> asks = new LinkedHashMap<>();

    /// Whether some attempt by several failed; from then on everyone works alone.
    private boolean isAlone;

    /// What one peer is being asked for.
    private static final class Ask {
        final TreeSet<Integer> blocks = new TreeSet<>();
        final long sinceNanos;
        MetadataAssembly assembly;
        long pausedUntilNanos;
        long deadlineNanos;

        Ask(MetadataAssembly assembly, long nowNanos) {
            this.assembly = assembly;
            this.pausedUntilNanos = nowNanos;
            this.sinceNanos = nowNanos;
        }
    }

    MetadataFetch(Id infoHash) {
        this.trial = new MetadataTrial(infoHash);
    }

    /// The peer says that it serves metadata of a size.
    void offered(PeerSession session, Turn turn) {
        int size = session.metadataSizeBytes;
        if (!session.servesMetadata || size <= 0 || size > InfoReader.MAX_INFO_BYTES) {
            return;
        }
        var ask = asks.get(session);
        if (ask != null && ask.assembly.sizeBytes() == size) {
            return; // said again
        }
        lost(session);
        asks.put(
                session,
                new Ask(isAlone ? new MetadataAssembly(size) : sharedOf(size), turn.nowNanos()));
        fill(turn);
    }

    MetadataTrial.Outcome received(PeerSession session, WireMessage.MetadataData data, Turn turn) {
        var ask = asks.get(session);
        if (ask == null || !ask.blocks.remove(data.blockIndex())) {
            if (++session.down.strayCount > Downloads.MAX_STRAYS) {
                turn.drop(session, "sends metadata that was never requested");
            }
            return new MetadataTrial.Pending(); // late, or never asked for
        }
        var assembly = ask.assembly;
        assembly.released(data.blockIndex());
        if (data.totalBytes() != assembly.sizeBytes()
                || data.data().lengthBytes() != assembly.blockLength(data.blockIndex())) {
            turn.drop(session, "metadata of another size than it said");
            return new MetadataTrial.Pending();
        }
        ask.deadlineNanos = turn.nowNanos() + TIMEOUT_NANOS;
        assembly.receive(data.blockIndex(), data.data(), session);
        var outcome = assembly.isComplete() ? judge(assembly, turn) : new MetadataTrial.Pending();
        if (outcome instanceof MetadataTrial.Pending) {
            fill(turn);
        }
        return outcome;
    }

    void rejected(PeerSession session, int blockIndex, Turn turn) {
        var ask = asks.get(session);
        if (ask != null && ask.blocks.contains(blockIndex)) {
            pause(ask, turn);
            fill(turn);
        }
    }

    void lost(PeerSession session) {
        var ask = asks.remove(session);
        if (ask != null) {
            release(ask);
        }
    }

    /// Gives up on what was not answered in time and asks others.
    void tick(Turn turn) {
        for (var ask : asks.values()) {
            if (!ask.blocks.isEmpty() && turn.nowNanos() - ask.deadlineNanos >= 0) {
                pause(ask, turn);
            }
        }
        fill(turn);
    }

    /// The attempt that has come furthest, if any peer has told a size.
    Optional<MetadataAssembly> furthest() {
        MetadataAssembly best = null;
        for (var ask : asks.values()) {
            if (best == null || ask.assembly.receivedCount() > best.receivedCount()) {
                best = ask.assembly;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Lets go of everything; the dictionary is known.
    void clear() {
        shared.clear();
        asks.clear();
        trial.clear();
    }

    private MetadataAssembly sharedOf(int sizeBytes) {
        if (!shared.containsKey(sizeBytes) && shared.size() >= MAX_SIZES) {
            var used = asks.values().stream().map(ask -> ask.assembly).toList();
            shared.values().removeIf(assembly -> !used.contains(assembly));
        }
        return shared.computeIfAbsent(sizeBytes, MetadataAssembly::new);
    }

    private void fill(Turn turn) {
        int working = 0;
        for (var entry : asks.entrySet()) {
            var ask = entry.getValue();
            boolean isBegun = ask.assembly.receivedCount() > 0 || !ask.blocks.isEmpty();
            if (entry.getKey().isClosed
                    || turn.nowNanos() - ask.pausedUntilNanos < 0
                    || (isAlone && working >= ALONE_AT_ONCE && !isBegun)) {
                continue;
            }
            working += turn.nowNanos() - ask.sinceNanos < SLOW_NANOS ? 1 : 0;
            fill(entry.getKey(), ask, turn);
        }
    }

    private static void fill(PeerSession session, Ask ask, Turn turn) {
        while (ask.blocks.size() < WINDOW) {
            int block = ask.assembly.nextToAsk(ASKED_AT_ONCE, ask.blocks);
            if (block < 0) {
                return;
            }
            if (ask.blocks.isEmpty()) {
                ask.deadlineNanos = turn.nowNanos() + TIMEOUT_NANOS;
            }
            ask.blocks.add(block);
            ask.assembly.asked(block);
            turn.send(session, new WireMessage.MetadataRequest(block));
        }
    }

    private MetadataTrial.Outcome judge(MetadataAssembly assembly, Turn turn) {
        var outcome = trial.judge(assembly, turn);
        if (outcome instanceof MetadataTrial.Pending) {
            isAlone |= assembly.senders().size() > 1;
            beginAnew(assembly);
        }
        return outcome;
    }

    /// Lets those who filled a false assembly begin another, and everyone one of its own if it is
    /// not known who lied.
    private void beginAnew(MetadataAssembly spoilt) {
        shared.remove(spoilt.sizeBytes());
        for (var ask : asks.values()) {
            if (ask.assembly == spoilt || (isAlone && shared.containsValue(ask.assembly))) {
                int size = ask.assembly.sizeBytes();
                release(ask);
                ask.assembly = isAlone ? new MetadataAssembly(size) : sharedOf(size);
            }
        }
        if (isAlone) {
            shared.clear();
        }
    }

    private static void pause(Ask ask, Turn turn) {
        release(ask);
        ask.pausedUntilNanos = turn.nowNanos() + PAUSE_NANOS;
    }

    private static void release(Ask ask) {
        for (int block : ask.blocks) {
            ask.assembly.released(block);
        }
        ask.blocks.clear();
    }
}
