package dev.starling.dht;

import dev.starling.id.Contact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores an item with the nodes closest to its target (BEP 44), each with its own token.
final class ItemPut implements Command, Search.Listener {

    private final DhtInput.PutItem input;
    private final Parts parts;
    private final Announcer announcer;
    private @Nullable Search search;
    private long beganNanos;
    private boolean hasEnded;
    private boolean isDone;

    /// What a put needs of its node.
    record Parts(Searches searches, Bootstrap bootstrap, Queries queries) {}

    ItemPut(DhtInput.PutItem input, Parts parts) {
        this.input = input;
        this.parts = parts;
        this.announcer =
                new Announcer(
                        token -> new Question.PutItem(input.item(), input.cas(), token),
                        parts.queries());
    }

    @Override
    public void begin(Turn turn) {
        beganNanos = turn.nowNanos();
        var plan = Search.Plan.forItem(input.item().target());
        search = parts.searches().start(plan, this, parts.bootstrap().contacts(), turn);
    }

    @Override
    public void refuse(Turn turn) {
        beganNanos = turn.nowNanos();
        hasEnded = true;
        settle(turn);
    }

    @Override
    public void cancel(Turn turn) {
        isDone = true;
        if (search != null) {
            search.cancel(turn);
        }
    }

    @Override
    public void expire(Turn turn) {
        announcer.expire(turn);
        settle(turn);
    }

    @Override
    public long nextDeadlineNanos() {
        if (isDone) {
            return Long.MAX_VALUE;
        }
        return hasEnded && announcer.isSettled() ? Long.MIN_VALUE : announcer.nextDeadlineNanos();
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        if (!isDone) {
            announcer.learn(answer);
        }
    }

    @Override
    public void familyEnded(List<Contact> closest, Turn turn) {
        if (!isDone) {
            closest.forEach(contact -> announcer.announceTo(contact, turn));
        }
    }

    @Override
    public void ended(Search.Result result, Turn turn) {
        hasEnded = true;
        settle(turn);
    }

    private void settle(Turn turn) {
        if (!isDone && hasEnded && announcer.isSettled()) {
            isDone = true;
            turn.emit(
                    new DhtEffect.ItemPut(
                            input.handle(),
                            announcer.acknowledged(),
                            announcer.refusals(),
                            turn.nowNanos() - beganNanos));
        }
    }
}
