package dev.starling.swarm;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoReader;
import dev.starling.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /// Failed attempts kept to compare with the truth.
    private static final int MAX_FAILED = 4;

    private static final long TIMEOUT_NANOS = 8_000_000_000L;

    /// How long a peer is left alone that rejected a request or did not answer.
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final Id infoHash;
    private final Map<Integer, MetadataAssembly> shared = new LinkedHashMap<>();
    private final Map<PeerSession, Ask> asks = new LinkedHashMap<>();
    private final List<MetadataAssembly> failed = new ArrayList<>();

    /// Whether some attempt by several failed; from then on everyone works alone.
    private boolean isAlone;

    /// What one peer is being asked for.
    private static final class Ask {
        final TreeSet<Integer> blocks = new TreeSet<>();
        MetadataAssembly assembly;
        long pausedUntilNanos;
        long deadlineNanos;

        Ask(MetadataAssembly assembly, long nowNanos) {
            this.assembly = assembly;
            this.pausedUntilNanos = nowNanos;
        }
    }

    sealed interface Outcome {}

    /// More is needed.
    record Pending() implements Outcome {}

    record Fetched(InfoDictionary info) implements Outcome {}

    /// The true dictionary is none that we can load.
    record Unusable(String reason) implements Outcome {}

    MetadataFetch(Id infoHash) {
        this.infoHash = infoHash;
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

    Outcome received(PeerSession session, WireMessage.MetadataData data, Turn turn) {
        var ask = asks.get(session);
        if (ask == null || !ask.blocks.remove(data.blockIndex())) {
            if (++session.down.strayCount > Downloads.MAX_STRAYS) {
                turn.drop(session, "sends metadata that was never requested");
            }
            return new Pending(); // late, or never asked for
        }
        var assembly = ask.assembly;
        assembly.released(data.blockIndex());
        if (data.totalBytes() != assembly.sizeBytes()
                || data.data().lengthBytes() != assembly.blockLength(data.blockIndex())) {
            turn.drop(session, "metadata of another size than it said");
            return new Pending();
        }
        ask.deadlineNanos = turn.nowNanos() + TIMEOUT_NANOS;
        assembly.receive(data.blockIndex(), data.data(), session);
        var outcome = assembly.isComplete() ? verify(assembly, turn) : new Pending();
        if (outcome instanceof Pending) {
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
        failed.clear();
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
            working++;
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

    private Outcome verify(MetadataAssembly assembly, Turn turn) {
        byte[] bytes = assembly.toBytes();
        if (!Id.of(Sha1.of(bytes)).equals(infoHash)) {
            mismatched(assembly, turn);
            return new Pending();
        }
        for (var attempt : failed) {
            for (var liar : attempt.liars(bytes)) {
                turn.ban(liar, "sent false metadata");
            }
        }
        return switch (InfoReader.read(bytes)) {
            case InfoReader.Loaded(var info) -> new Fetched(info);
            case InfoReader.Refused(var reason) -> new Unusable(reason);
        };
    }

    private void mismatched(MetadataAssembly assembly, Turn turn) {
        var senders = assembly.senders();
        if (senders.size() == 1) {
            turn.ban(senders.iterator().next(), "sent false metadata");
        } else {
            isAlone = true;
            if (failed.size() < MAX_FAILED) {
                failed.add(assembly);
            }
        }
        shared.remove(assembly.sizeBytes());
        for (var ask : asks.values()) {
            if (ask.assembly == assembly || (isAlone && shared.containsValue(ask.assembly))) {
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
