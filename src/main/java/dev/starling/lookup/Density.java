package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.Arrays;
import java.util.List;

/// How densely nodes lie in the keyspace, learned from how close the k-th closest of every lookup
/// was, and so which contacts are too close to a target to be there by chance.
///
/// Ids are uniform, so the k closest share about log2(n / k) bits with any target. Who shares ten
/// bits more has most likely chosen its id, as sybils around an infohash do and liars who invent
/// contacts. The median of several lookups of other targets is asked, so that an attacker would
/// have to be around most of them. Shared by the lookups of one node; confined to its thread.
public final class Density {

    /// Of random nodes one in 128 targets has one so close.
    private static final int SLACK_BITS = 10;

    /// Lookups remembered.
    private static final int MEMORY = 16;

    private static final byte[] NONE = {};

    /// What is made of who is too close.
    public enum Mode {
        WARY,
        /// Nobody ever is; only to see what the difference is worth.
        TRUSTING
    }

    private final Mode mode;

    /// Of the latest lookups; made with the first.
    private byte[] sharedBits = NONE;

    private int learned;
    private int plausibleBits = Id.LENGTH_BITS;

    public Density() {
        this(Mode.WARY);
    }

    public Density(Mode mode) {
        this.mode = mode;
    }

    /// These are the k closest contacts to `target`, closest first.
    public void learn(Id target, List<Contact> closest) {
        if (sharedBits.length == 0) {
            sharedBits = new byte[MEMORY];
        }
        int bits = target.sharedPrefixBits(closest.getLast().id());
        sharedBits[learned % MEMORY] = (byte) Math.min(bits, Byte.MAX_VALUE);
        learned++;
        byte[] sorted = Arrays.copyOf(sharedBits, Math.min(learned, MEMORY));
        Arrays.sort(sorted);
        plausibleBits = sorted[sorted.length / 2] + SLACK_BITS;
    }

    /// Whether a node with this id is hardly this close to `target` by chance. Nobody is before the
    /// first lookup.
    boolean isImplausible(Id target, Id id) {
        return mode == Mode.WARY && target.sharedPrefixBits(id) > plausibleBits;
    }
}
