package dev.starling.dht;

import dev.starling.id.Contact;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// Keeps a [ContactRing] true: pings whoever asks us and has not answered lately, and some of those
/// that were told to others, to know what share of them still answers.
///
/// Everybody who answers any query of ours gets into the ring. A flood of queries from invented
/// senders makes us send no more than [#PINGS_PER_TICK] each [#TICK].
final class RingKeeper implements Asker {

    private static final Duration TICK = Duration.ofMillis(20);

    /// 500 a second, 50 KB/s: a ring of a million is filled within the hour.
    static final int PINGS_PER_TICK = 10;

    /// Checks that the share of living contacts is of.
    static final int REMEMBERED_CHECKS = 1_024;

    private final ContactRing ring;
    private final Queries queries;
    private final Set<Contact> checking = new LinkedHashSet<>(0);
    private final boolean[] outcomes;
    private long checks;
    private long nextNanos = Long.MIN_VALUE;

    RingKeeper(ContactRing ring, Queries queries) {
        this.ring = ring;
        this.queries = queries;
        outcomes = new boolean[ring.isInUse() ? REMEMBERED_CHECKS : 0];
    }

    void expire(Turn turn) {
        if (turn.nowNanos() < nextDeadlineNanos()) {
            return;
        }
        nextNanos = turn.nowNanos() + TICK.toNanos();
        ring.at(turn.nowNanos());
        ring.nextTold()
                .ifPresent(contact -> {
                    checking.add(contact);
                    ping(contact, turn);
                });
        for (int i = 0; i < PINGS_PER_TICK; i++) {
            ring.nextNewcomer().ifPresent(contact -> ping(contact, turn));
        }
    }

    long nextDeadlineNanos() {
        return ring.hasWork() ? nextNanos : Long.MAX_VALUE;
    }

    DhtStats.Ring stats() {
        int remembered = (int) Math.min(checks, outcomes.length);
        int alive = 0;
        for (int i = 0; i < remembered; i++) {
            alive += outcomes[i] ? 1 : 0;
        }
        return new DhtStats.Ring(ring.size(), ring.capacity(), ring.toldCount(), remembered, alive);
    }

    private void ping(Contact contact, Turn turn) {
        queries.ask(new Question.Ping(), new Recipient.Known(contact), this, turn);
    }

    /// The ring is told where every answer and every timeout is told.
    @Override
    public void answered(Answer answer, Turn turn) {
        checked(answer.from(), true);
    }

    @Override
    public void unanswered(Recipient recipient, Turn turn) {
        recipient.contact().ifPresent(contact -> checked(contact, false));
    }

    private void checked(Contact contact, boolean isAlive) {
        if (checking.remove(contact)) {
            outcomes[(int) (checks++ % outcomes.length)] = isAlive;
        }
    }
}
