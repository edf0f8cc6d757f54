package dev.starling.crawler.fetch;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One infohash whose metadata is wanted. Mutable; [FetchMachine] keeps it.
final class Job {

    /// Peers kept as candidates; three nodes name a hundred.
    static final int MAX_CANDIDATES = 200;

    final Id infoHash;
    private final List<Endpoint> candidates = new ArrayList<>(4);

    /// Ever offered. Never iterated.
    private final Set<Endpoint> offered = new HashSet<>(4);

    /// Those who took too long, for a second chance.
    private final List<Endpoint> slow = new ArrayList<>(0);

    /// The attempts under way.
    final List<Attempt> attempts = new ArrayList<>(1);

    private boolean isSecondRound;
    int tried;
    boolean isQueued;

    Job(Id infoHash) {
        this.infoHash = infoHash;
    }

    void offer(List<Endpoint> peers) {
        for (var peer : peers) {
            if (offered.size() < MAX_CANDIDATES && peer.isReachable() && offered.add(peer)) {
                candidates.add(peer);
            }
        }
    }

    void tookTooLong(Endpoint peer) {
        if (!isSecondRound) {
            slow.add(peer);
        }
    }

    boolean isSecondRound() {
        return isSecondRound;
    }

    boolean hasCandidates() {
        return !candidates.isEmpty();
    }

    /// When everyone has been tried, those who were slow get as long as they need.
    boolean beginSecondRound() {
        if (isSecondRound || slow.isEmpty()) {
            return false;
        }
        isSecondRound = true;
        candidates.addAll(slow);
        slow.clear();
        return true;
    }

    /// Takes out the candidate most worth trying; of equals the first.
    Endpoint best(PeerMemory memory) {
        int best = 0;
        for (int i = 1; i < candidates.size(); i++) {
            if (memory.of(candidates.get(i)).compareTo(memory.of(candidates.get(best))) < 0) {
                best = i;
            }
        }
        return candidates.remove(best);
    }
}
