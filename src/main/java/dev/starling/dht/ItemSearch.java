package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.krpc.KrpcResponse;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A search for a stored item (BEP 44). What nodes send counts only where its hash or signature is
/// right; of a mutable item the highest number wins.
final class ItemSearch implements Command, Search.Listener {

    /// Signatures verified in one search: more than there are nodes that should have the item, each
    /// with another version.
    private static final int MAX_VERIFIED = 40;

    private final long handle;
    private final Id target;
    private final ByteString salt;
    private final Searches searches;
    private final Bootstrap bootstrap;
    private @Nullable Search search;
    private Optional<Item> newest = Optional.empty();
    private int copies;
    private int verified;
    private boolean isDone;

    ItemSearch(DhtInput.GetItem input, Searches searches, Bootstrap bootstrap) {
        this.handle = input.handle();
        this.target = input.target();
        this.salt = input.salt();
        this.searches = searches;
        this.bootstrap = bootstrap;
    }

    @Override
    public void begin(Turn turn) {
        search = searches.start(Search.Plan.forItem(target), this, bootstrap.contacts(), turn);
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
    public void answered(Answer answer, Turn turn) {
        if (!isDone
                && answer.extra() instanceof KrpcResponse.Stored(var sent, _)
                && sent.isPresent()) {
            take(sent.get(), answer.from(), turn);
        }
    }

    private void take(Item sent, Contact from, Turn turn) {
        var item =
                switch (sent) {
                    case Item.Immutable immutable -> immutable;
                    case Item.Mutable mutable ->
                            new Item.Mutable(
                                    mutable.key(),
                                    salt,
                                    mutable.seq(),
                                    mutable.value(),
                                    mutable.signature());
                };
        if (newest.isPresent() && newest.get().equals(item)) {
            copies++;
        } else if (isNewer(item) && isGenuine(item)) {
            newest = Optional.of(item);
            copies = 1;
            turn.emit(new DhtEffect.ItemFound(handle, item, from));
        }
    }

    private boolean isNewer(Item item) {
        return newest.isEmpty()
                || (item instanceof Item.Mutable later
                        && newest.get() instanceof Item.Mutable earlier
                        && later.seq() > earlier.seq());
    }

    private boolean isGenuine(Item item) {
        if (!item.target().equals(target)) {
            return false;
        }
        return switch (item) {
            case Item.Immutable _ -> true;
            case Item.Mutable mutable -> verified++ < MAX_VERIFIED && mutable.isSigned();
        };
    }

    @Override
    public void familyEnded(List<Contact> closest, Turn turn) {}

    @Override
    public void ended(Search.Result result, Turn turn) {
        if (!isDone) {
            isDone = true;
            turn.emit(
                    new DhtEffect.ItemSearchEnded(
                            handle, result.outcome(), newest, copies, result.trace()));
        }
    }
}
