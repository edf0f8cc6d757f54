package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.CommonQuery;
import org.jspecify.annotations.Nullable;

/// Who asked lately, so that whoever asks again costs no new objects. Confined to its node's
/// thread; of fixed size, a newcomer takes the place of one with a similar hash.
final class RecentAskers {

    /// Those who ask a busy node within some tenths of a second; 64 KiB with their contacts.
    private static final int PLACE_BITS = 10;

    private static final int PLACES = 1 << PLACE_BITS;

    /// An odd number whose bits are mixed well, as the golden ratio's are.
    private static final int SPREAD = 0x9e37_79b9;

    private final @Nullable Contact[] places = new Contact[PLACES];

    /// The asker of a query that came from this endpoint.
    Contact of(CommonQuery query, Endpoint from) {
        int hash = from.hashCode();
        int place = (hash * SPREAD) >>> (Integer.SIZE - PLACE_BITS);
        var known = places[place];
        if (known != null && known.endpoint().equals(from) && query.isFrom(known.id())) {
            return known;
        }
        var asker = new Contact(query.sender(), from);
        places[place] = asker;
        return asker;
    }
}
