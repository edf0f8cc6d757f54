package dev.starling.lookup;

import dev.starling.id.Contact;
import org.jspecify.annotations.Nullable;

/// A contact a lookup knows of, asked or not.
final class Candidate {

    /// How far its query has come.
    enum State {
        /// Not asked.
        FRESH,
        /// Asked, and holding one of the lookup's slots.
        IN_FLIGHT,
        /// Asked, and unlikely to answer soon: its slot is free again.
        STALLED,
        ANSWERED,
        /// Given up, or not worth asking.
        FAILED
    }

    /// Contacts named by one source that may stall or fail, with none answering, before the rest of
    /// what it named is passed over: on the public DHT one contact in four or so is dead.
    private static final int MAX_SILENT_NAMED = 4;

    /// How many answers led here: 0 for one offered.
    final int hop;

    /// Who named it first; null for one offered.
    private final @Nullable Candidate source;

    Contact contact;
    State state = State.FRESH;
    long askedNanos;
    long stallNanos;
    long answeredNanos;
    int values;

    /// How often it was asked.
    int tries;

    /// Whether the owner was told of it by [LookupEffect.Settled].
    boolean isSettled;

    private int silentNamed;
    private boolean isTrusted;

    Candidate(Contact contact, @Nullable Candidate source) {
        this.contact = contact;
        hop = source == null ? 0 : source.hop + 1;
        this.source = source;
    }

    void asked(long nowNanos, long stallNanos) {
        state = State.IN_FLIGHT;
        if (tries == 0) {
            askedNanos = nowNanos;
        }
        tries++;
        this.stallNanos = nowNanos + stallNanos;
    }

    void stalled() {
        state = State.STALLED;
        if (source != null && tries == 1) {
            source.silentNamed++;
        }
    }

    void answered(int values, long nowNanos) {
        state = State.ANSWERED;
        answeredNanos = nowNanos;
        this.values = values;
        if (source != null) {
            source.isTrusted = true;
        }
    }

    /// It answered with an error, uselessly, or not in time.
    void failed() {
        state = State.FAILED;
    }

    /// Whether a query to it may still be answered.
    boolean isPending() {
        return state == State.IN_FLIGHT || state == State.STALLED;
    }

    /// Whether its source has named only contacts that keep silent.
    boolean isDoubtful() {
        return source != null && !source.isTrusted && source.silentNamed >= MAX_SILENT_NAMED;
    }
}
