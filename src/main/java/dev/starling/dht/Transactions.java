package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.machine.StateMachine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Our queries that wait for an answer.
///
/// An answer counts only if it carries a transaction id of ours and comes from the very endpoint we
/// asked. Ids are random, so that whoever cannot see our packets must guess 32 bits to forge one.
final class Transactions {

    /// An answer later than this comes out of a queue, not over a network, and nobody waits for it.
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// Enough for every search that may run at once to have all its queries waiting for a second;
    /// beyond it the oldest is given up.
    static final int MAX_PENDING = 16_384;

    private static final int ID_BYTES = 4;

    /// A query under way.
    record Pending(Recipient recipient, Asker asker, long askedNanos) {
        long deadlineNanos() {
            return askedNanos + TIMEOUT.toNanos();
        }

        IpAddress address() {
            return recipient.endpoint().address();
        }
    }

    private final RandomGenerator random;

    /// In the order of asking, which is the order of deadlines since all have one timeout.
    private final LinkedHashMap<ByteString, Pending> pending = new LinkedHashMap<>();

    /// How many of them wait for each address.
    private final Map<IpAddress, Integer> awaited = new HashMap<>();

    /// Given up to make room, and still to be told so.
    private final Deque<Pending> crowdedOut = new ArrayDeque<>(1);

    Transactions(RandomGenerator random) {
        this.random = random;
    }

    /// Remembers a query and gives it an id.
    ByteString open(Pending query) {
        if (pending.size() >= MAX_PENDING) {
            crowdedOut.add(forget(pending.pollFirstEntry().getValue()));
        }
        byte[] bytes = new byte[ID_BYTES];
        ByteString id;
        do {
            random.nextBytes(bytes);
            id = ByteString.of(bytes);
        } while (pending.containsKey(id));
        pending.put(id, query);
        awaited.merge(query.address(), 1, Integer::sum);
        return id;
    }

    /// Takes out the query that a message with this id from `from` answers.
    Optional<Pending> close(ByteString id, Endpoint from) {
        Pending query = pending.get(id);
        if (query == null || !query.recipient().endpoint().equals(from)) {
            return Optional.empty();
        }
        pending.remove(id);
        return Optional.of(forget(query));
    }

    private Pending forget(Pending query) {
        awaited.computeIfPresent(
                query.address(), (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        return query;
    }

    /// Whether an answer may come from this address.
    boolean isAwaited(IpAddress address) {
        return awaited.containsKey(address);
    }

    /// Takes out the next query that has waited too long.
    Optional<Pending> nextOverdue(long nowNanos) {
        if (!crowdedOut.isEmpty()) {
            return Optional.of(crowdedOut.remove());
        }
        var eldest = pending.firstEntry();
        if (eldest == null || eldest.getValue().deadlineNanos() > nowNanos) {
            return Optional.empty();
        }
        return Optional.of(forget(pending.pollFirstEntry().getValue()));
    }

    long nextDeadlineNanos() {
        if (!crowdedOut.isEmpty()) {
            return Long.MIN_VALUE;
        }
        var eldest = pending.firstEntry();
        return eldest == null ? StateMachine.NO_DEADLINE : eldest.getValue().deadlineNanos();
    }

    int size() {
        return pending.size();
    }
}
