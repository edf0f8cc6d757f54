package dev.starling.swarm;

import org.jspecify.annotations.Nullable;

/// The edge's number for one TCP connection; never reused within a process.
public record ConnectionId(long number) {

    // Written out: what a record is given is made of method handles, which cost a start dearly and
    // stay slow until they are compiled.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionId that && number == that.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
