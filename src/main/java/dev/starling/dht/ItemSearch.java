package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.krpc.KrpcResponse;
import java.util.Optional;

/// A search for a stored item (BEP 44). What nodes send counts only where its hash or signature is
/// right; of a mutable item the highest number wins.
final class ItemSearch extends SearchCommand {

    /// Signatures verified in one search: more than there are nodes that should have the item, each
    /// with another version.
    private static final int MAX_VERIFIED = 40;

    private final long handle;
    private final Id target;
    private final ByteString salt;
    private Optional<Item> newest = Optional.empty();
    private int copies;
    private int verified;

    ItemSearch(DhtInput.GetItem input, Searches searches, Bootstrap bootstrap) {
        super(input.target(), Search.Plan.forItem(input.target()), searches, bootstrap);
        this.handle = input.handle();
        this.target = input.target();
        this.salt = input.salt();
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        if (!isDone()
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
    void tell(Search.Result result, Turn turn) {
        turn.emit(
                new DhtEffect.ItemSearchEnded(
                        handle, result.outcome(), newest, copies, result.trace()));
    }
}
