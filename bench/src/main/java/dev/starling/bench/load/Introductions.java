package dev.starling.bench.load;

import dev.starling.id.Id;
import dev.starling.node.Failure;
import java.io.IOException;
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

    /// Introduces all nodes, and waits until the target tells of some.
    ///
    /// @param nanos how long each of the two may take
    /// @throws Failure if the target answers nothing
    static void run(
            LoadLoop loop,
            List<LoadNode> nodes,
            RandomGenerator random,
            LoadLoop.Pace pace,
            long nanos)
            throws Failure, IOException {
        var met = loop.run(new Introductions(nodes, random), pace, nanos, _ -> {});
        if (met.replies == 0) {
            throw new Failure(
                    "the target answers nothing", "Is a DHT node running at this address?");
        }
        loop.run(new FirstContacts(nodes.getFirst(), random), FirstContacts.PACE, nanos, _ -> {});
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
