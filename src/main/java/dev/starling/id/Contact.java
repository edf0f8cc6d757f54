package dev.starling.id;

import org.jspecify.annotations.Nullable;

/// A node as another knows it: its id and where it is reached.
public record Contact(Id id, Endpoint endpoint) {

    @Override
    public String toString() {
        return id + "@" + endpoint;
    }

    // Written out: what a record is given is made of method handles, which cost a start dearly and
    // stay slow until they are compiled.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Contact that
                && id.equals(that.id)
                && endpoint.equals(that.endpoint);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + endpoint.hashCode();
    }
}
