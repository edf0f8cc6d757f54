package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A search for the nodes closest to a target, for someone who wants to know.
final class NodeSearch implements Command, Search.Listener {

    private final long handle;
    private final Id target;
    private final Searches searches;
    private final Bootstrap bootstrap;
    private @Nullable Search search;
    private boolean isDone;

    NodeSearch(DhtInput.FindNode input, Searches searches, Bootstrap bootstrap) {
        this.handle = input.handle();
        this.target = input.target();
        this.searches = searches;
        this.bootstrap = bootstrap;
    }

    @Override
    public void begin(Turn turn) {
        var plan = Search.Plan.forNodes(target, Search.Plan.EAGER_ALPHA);
        search = searches.start(plan, this, bootstrap.contacts(), turn);
    }

    @Override
    public void refuse(Turn turn) {
        var trace = new LookupTrace(target, turn.nowNanos(), List.of());
        ended(new Search.Result(Outcome.CANCELLED, List.of(), trace), turn);
    }

    @Override
    public void cancel(Turn turn) {
        isDone = true;
        if (search != null) {
            search.cancel(turn);
        }
    }

    @Override
    public void expire(Turn turn) {}

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public void answered(Answer answer, Turn turn) {}

    @Override
    public void familyEnded(List<Contact> closest, Turn turn) {}

    @Override
    public void ended(Search.Result result, Turn turn) {
        if (!isDone) {
            isDone = true;
            turn.emit(
                    new DhtEffect.LookupEnded(
                            handle, result.outcome(), result.closest(), 0, result.trace()));
        }
    }
}
