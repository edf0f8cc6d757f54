package dev.starling.bench.load;

import dev.starling.id.Id;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An endless stream of queries in the proportions of a [LoadMix], by one node after the other.
final class MixedQuestions implements Questions {

    /// Tokens kept for the announces to come: more than are ever in flight.
    private static final int MAX_TOKENS = 1_024;

    /// Infohashes that few know; enough that caches do not hold them all.
    private static final int RARE = 1 << 20;

    /// Those that a store is filled with: some eight peers each make a million.
    private static final int FILLED = 1 << 17;

    private final LoadMix mix;
    private final List<LoadNode> nodes;
    private final List<Id> popular;
    private final RandomGenerator random;
    private final Deque<Question> announces = new ArrayDeque<>();
    private int turn;

    MixedQuestions(LoadMix mix, List<LoadNode> nodes, List<Id> popular, RandomGenerator random) {
        this.mix = mix;
        this.nodes = nodes;
        this.popular = popular;
        this.random = random;
    }

    @Override
    public Optional<Question> next() {
        var kind = mix.draw(random);
        if (kind == LoadMix.Kind.ANNOUNCE_PEER && !announces.isEmpty()) {
            return Optional.of(announces.removeFirst());
        }
        var node = nodes.get(turn);
        turn = (turn + 1) % nodes.size();
        var question =
                switch (kind) {
                    case PING -> new Question(node, kind, Id.ZERO);
                    case FIND_NODE -> new Question(node, kind, Id.random(random));
                    case GET_PEERS -> new Question(node, kind, rare());
                    case GET_HOT_PEERS ->
                            new Question(node, kind, popular.get(random.nextInt(popular.size())));
                    // Nothing to announce with yet.
                    case ANNOUNCE_PEER -> new Question(node, LoadMix.Kind.GET_PEERS, rare());
                };
        return Optional.of(question);
    }

    private Id rare() {
        long n = random.nextInt(mix == LoadMix.ANNOUNCE ? FILLED : RARE);
        return new Id(n * 0x9e3779b97f4a7c15L, n * 0xbf58476d1ce4e5b9L, (int) n);
    }

    @Override
    public void granted(Question question, byte[] token) {
        if (announces.size() < MAX_TOKENS) {
            announces.addLast(question.announce(token));
        }
    }

    @Override
    public boolean isEnded() {
        return false;
    }
}
