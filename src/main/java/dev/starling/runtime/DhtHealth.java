package dev.starling.runtime;

import java.util.List;

/// How a DHT node gets on.
///
/// @param hasJoined whether it has found the network
/// @param isStalled whether none of the bootstrap's contacts, `asked` of them, has answered
/// @param isBroken whether it has stopped by a mistake of its own
/// @param unresolved names of bootstrap nodes that no name server knows
public record DhtHealth(
        boolean hasJoined,
        boolean isStalled,
        int asked,
        boolean isBroken,
        List<String> unresolved) {

    public static final DhtHealth STARTING = new DhtHealth(false, false, 0, false, List.of());

    public DhtHealth {
        unresolved = List.copyOf(unresolved);
    }

    public DhtHealth joined() {
        return new DhtHealth(true, false, asked, isBroken, unresolved);
    }

    public DhtHealth stalled(int contactsAsked) {
        return new DhtHealth(hasJoined, true, contactsAsked, isBroken, unresolved);
    }

    public DhtHealth broken() {
        return new DhtHealth(hasJoined, isStalled, asked, true, unresolved);
    }

    public DhtHealth unresolved(List<String> names) {
        return new DhtHealth(hasJoined, isStalled, asked, isBroken, names);
    }
}
