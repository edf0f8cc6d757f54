package dev.starling.dht;

import dev.starling.id.Id;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Gathers names all over the keyspace, so that lookups begin close to their targets wherever these
/// are ([dev.starling.routing.Hearsay]).
///
/// Every answer to any query of ours names some contacts. After joining, those are asked for random
/// targets and name others, two thousand in the first seconds, then one a second, which is enough
/// to hear every name anew within the hour. In a small network there is soon nobody left to ask.
final class Explorer implements Asker {

    /// At first: as many queries a second as a few lookups at once.
    private static final Duration EAGER_PAUSE = Duration.ofMillis(8);

    /// Each names eight contacts, so this fills all regions.
    private static final int EAGER_QUERIES = 2_048;

    /// A hundred bytes a second.
    private static final Duration MODEST_PAUSE = Duration.ofSeconds(1);

    private final ContactTables tables;
    private final Queries queries;
    private final RandomGenerator random;
    private final boolean isActive;
    private long nextNanos = Long.MIN_VALUE;
    private int asked;

    Explorer(ContactTables tables, Queries queries, RandomGenerator random, boolean isActive) {
        this.tables = tables;
        this.queries = queries;
        this.random = random;
        this.isActive = isActive;
    }

    /// Any node has answered anything.
    void heard(Answer answer) {
        if (isActive) {
            for (var contact : answer.contacts()) {
                tables.hearsay(contact.endpoint()).named(contact);
            }
        }
    }

    void expire(Turn turn) {
        if (turn.nowNanos() < nextDeadlineNanos()) {
            return;
        }
        for (var hearsay : tables.hearsay()) {
            hearsay.nextToExplore(random)
                    .ifPresent(contact -> {
                        var question = new Question.FindNode(Id.random(random));
                        queries.ask(question, new Recipient.Known(contact), this, turn);
                        asked++;
                    });
        }
        var pause = asked < EAGER_QUERIES ? EAGER_PAUSE : MODEST_PAUSE;
        nextNanos = turn.nowNanos() + pause.toNanos();
    }

    long nextDeadlineNanos() {
        for (var hearsay : tables.hearsay()) {
            if (hearsay.hasUnexplored()) {
                return nextNanos;
            }
        }
        return Long.MAX_VALUE;
    }

    /// What it named is heard with every answer.
    @Override
    public void answered(Answer answer, Turn turn) {}

    @Override
    public void unanswered(Recipient recipient, Turn turn) {}
}
