package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command that is one search: what becomes of the answers, and what is told at the end, is left
/// to whoever extends it.
abstract class SearchCommand implements Command, Search.Listener {

    private final Id target;
    private final Search.Plan plan;
    private final Searches searches;
    private final Bootstrap bootstrap;
    private @Nullable Search search;
    private boolean isDone;

    SearchCommand(Id target, Search.Plan plan, Searches searches, Bootstrap bootstrap) {
        this.target = target;
        this.plan = plan;
        this.searches = searches;
        this.bootstrap = bootstrap;
    }

    /// Tells how it ended; called once, and never after a cancel.
    abstract void tell(Search.Result result, Turn turn);

    @Override
    public final void begin(Turn turn) {
        search = searches.start(plan, this, bootstrap.contacts(), turn);
    }

    @Override
    public final void refuse(Turn turn) {
        var trace = new LookupTrace(target, turn.nowNanos(), List.of());
        ended(new Search.Result(Outcome.CANCELLED, List.of(), trace), turn);
    }

    @Override
    public final void cancel(Turn turn) {
        isDone = true;
        if (search != null) {
            search.cancel(turn);
        }
    }

    @Override
    public final void expire(Turn turn) {}

    @Override
    public final long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public final boolean isDone() {
        return isDone;
    }

    @Override
    public final void familyEnded(List<Contact> closest, Turn turn) {}

    @Override
    public final void ended(Search.Result result, Turn turn) {
        if (!isDone) {
            isDone = true;
            tell(result, turn);
        }
    }
}
