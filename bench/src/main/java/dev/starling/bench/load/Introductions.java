package dev.starling.bench.load;

import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Every node asks once, so that the target has heard of them all and may take them into its table.
final class Introductions implements Questions {

    private final List<LoadNode> nodes;
    private final RandomGenerator random;
    private int next;

    Introductions(List<LoadNode> nodes, RandomGenerator random) {
        this.nodes = nodes;
        this.random = random;
    }

    @Override
    public Optional<Question> next() {
        if (isEnded()) {
            return Optional.empty();
        }
        // A ping, because a table that is still empty has no nodes to name.
        return Optional.of(new Question(nodes.get(next++), LoadMix.Kind.PING, Id.random(random)));
    }

    @Override
    public boolean isEnded() {
        return next == nodes.size();
    }
}
