package dev.starling.bench.load;

import dev.starling.id.Id;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// Announces hundreds of nodes as peers of each popular infohash.
final class Popularity implements Questions {

    private final List<LoadNode> nodes;
    private final List<Id> infoHashes;
    private final int peersEach;
    private final Queue<Question> announces = new ArrayDeque<>();
    private int next;
    private int granted;

    Popularity(List<LoadNode> nodes, List<Id> infoHashes, int peersEach) {
        this.nodes = nodes;
        this.infoHashes = infoHashes;
        this.peersEach = Math.min(peersEach, nodes.size());
    }

    @Override
    public Optional<Question> next() {
        if (!announces.isEmpty()) {
            return Optional.of(announces.remove());
        }
        if (next == infoHashes.size() * peersEach) {
            return Optional.empty();
        }
        var infoHash = infoHashes.get(next / peersEach);
        var node = nodes.get(next * 7 % nodes.size());
        next++;
        return Optional.of(new Question(node, LoadMix.Kind.GET_PEERS, infoHash));
    }

    @Override
    public void granted(Question question, byte[] token) {
        granted++;
        announces.add(question.announce(token));
    }

    /// A get_peers that was lost leaves its peer out, so the end is when nothing is on its way.
    @Override
    public boolean isEnded() {
        return next == infoHashes.size() * peersEach && announces.isEmpty();
    }

    int granted() {
        return granted;
    }
}
