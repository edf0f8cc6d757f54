package dev.starling.bench.load;

import dev.starling.id.Id;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The mix of a [LoadMix#MIXED] about a fixed set of infohashes, so that it is known which peers
/// each has: every acknowledged announce is noted.
final class SoakQuestions implements Questions {

    /// So many that each has fewer peers than one answer names, at the rates that a soak has.
    private static final int INFO_HASHES = 4_096;

    /// A token is a few minutes old at most when it is used.
    private static final int MAX_TOKENS = 256;

    private final List<LoadNode> nodes;
    private final RandomGenerator random;
    private final LongSupplier nowMillis;
    private final long salt;
    private final AcknowledgedAnnounces acknowledged = new AcknowledgedAnnounces();
    private final Deque<Question> announces = new ArrayDeque<>();
    private int turn;
    private boolean isPaused;

    SoakQuestions(List<LoadNode> nodes, RandomGenerator random, LongSupplier nowMillis) {
        this.nodes = nodes;
        this.random = random;
        this.nowMillis = nowMillis;
        salt = random.nextLong();
    }

    AcknowledgedAnnounces acknowledged() {
        return acknowledged;
    }

    /// Asks nothing more until [#resume]; what is on its way may still be answered.
    void pause() {
        isPaused = true;
    }

    /// Goes on with a node that does not know the tokens it gave before.
    void resume() {
        isPaused = false;
        announces.clear();
    }

    @Override
    public Optional<Question> next() {
        if (isPaused) {
            return Optional.empty();
        }
        var kind = LoadMix.MIXED.draw(random);
        if (kind == LoadMix.Kind.ANNOUNCE_PEER && !announces.isEmpty()) {
            return Optional.of(announces.removeFirst());
        }
        var node = nodes.get(turn);
        turn = (turn + 1) % nodes.size();
        var question =
                switch (kind) {
                    case PING -> new Question(node, kind, Id.ZERO);
                    case FIND_NODE -> new Question(node, kind, Id.random(random));
                    case GET_PEERS, GET_HOT_PEERS, ANNOUNCE_PEER ->
                            new Question(node, LoadMix.Kind.GET_PEERS, infoHash());
                };
        return Optional.of(question);
    }

    private Id infoHash() {
        long n = random.nextInt(INFO_HASHES);
        return new Id(n * 0x9e3779b97f4a7c15L, salt, (int) n);
    }

    @Override
    public void granted(Question question, byte[] token) {
        if (announces.size() < MAX_TOKENS) {
            announces.addLast(question.announce(token));
        }
    }

    @Override
    public void answered(Question question, ReplyReader reply) {
        if (question.kind() == LoadMix.Kind.ANNOUNCE_PEER) {
            acknowledged.add(question.about(), question.node().endpoint(), nowMillis.getAsLong());
        }
    }

    @Override
    public boolean isEnded() {
        return isPaused;
    }
}
