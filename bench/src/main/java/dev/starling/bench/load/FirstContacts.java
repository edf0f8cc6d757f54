package dev.starling.bench.load;

import dev.starling.id.Id;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks for nodes until the target tells of some. It pings whom it has heard of before it tells of
/// them, and until then has nothing to put into an answer to get_peers.
final class FirstContacts implements Questions {

    /// Two seconds' worth at a hundred a second. A target that takes no newcomers is measured all
    /// the same.
    static final LoadLoop.Pace PACE = new LoadLoop.Pace(1, 100);

    private static final int MAX_ASKED = 200;

    private final LoadNode node;
    private final RandomGenerator random;
    private int asked;
    private boolean isTold;

    FirstContacts(LoadNode node, RandomGenerator random) {
        this.node = node;
        this.random = random;
    }

    @Override
    public Optional<Question> next() {
        if (isEnded()) {
            return Optional.empty();
        }
        asked++;
        return Optional.of(new Question(node, LoadMix.Kind.FIND_NODE, Id.random(random)));
    }

    @Override
    public void answered(Question question, ReplyReader reply) {
        isTold = true;
    }

    @Override
    public boolean isEnded() {
        return isTold || asked == MAX_ASKED;
    }
}
