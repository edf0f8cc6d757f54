package dev.starling.node.monitor;

import dev.starling.dht.DhtStats;
import dev.starling.runtime.DhtHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a node does its work, and if not, why.
///
/// @param problems each a clause that an operator can act on
public record Health(List<String> problems) {

    public Health {
        problems = List.copyOf(problems);
    }

    static Health of(Watched node, Optional<DhtStats> stats) {
        var problems = new ArrayList<String>();
        if (node.health().isBroken()) {
            problems.add("the node has stopped by a mistake of its own, see the log");
        } else if (stats.isEmpty()) {
            problems.add("the node does not answer");
        }
        if (!node.isListening()) {
            problems.add("a socket is closed");
        }
        if (!node.isFirst()) {
            stats.flatMap(known -> joining(node.health(), known.contacts()))
                    .ifPresent(problems::add);
        }
        if (!node.isPersistent()) {
            problems.add("another process holds the store, so nothing is kept");
        } else if (!node.isWritable()) {
            problems.add("the store cannot be written, see the log");
        }
        return new Health(problems);
    }

    private static Optional<String> joining(DhtHealth health, int contacts) {
        if (health.hasJoined()) {
            return contacts > 0 ? Optional.empty() : Optional.of("no contact is left");
        }
        if (!health.unresolved().isEmpty()) {
            return Optional.of(
                    "not joined: no name server knows " + String.join(", ", health.unresolved()));
        }
        return Optional.of(
                health.isStalled()
                        ? "not joined: none of " + health.asked() + " nodes asked has answered"
                        : "not joined yet");
    }

    public boolean isGood() {
        return problems.isEmpty();
    }

    /// One line: `ok`, or what is wrong.
    public String line() {
        return isGood() ? "ok" : String.join("; ", problems);
    }
}
