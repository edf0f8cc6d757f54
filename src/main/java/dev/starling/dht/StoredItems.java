package dev.starling.dht;

import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.util.Optional;
import java.util.OptionalLong;

/// Answers `get` and decides what `put` may store (BEP 44).
///
/// To verify a signature takes longer than all else an answer takes, so it comes last, after
/// whatever is cheaply refused, and only so often a second: a flood of puts costs us a part of our
/// time that we know beforehand.
final class StoredItems {

    /// Signatures verified in a second, at half a millisecond each; a tenth of one core's time.
    static final int VERIFIED_PER_SECOND = 200;

    /// Signatures verified at once; nobody waits for longer than 25 milliseconds because of them.
    static final int VERIFIED_BURST = 50;

    private final ItemStore items;
    private final WallClock wallClock;
    private double verified;
    private long verifiedNanos;

    /// Why nothing is stored.
    record Refusal(int code, String text) {}

    StoredItems(ItemStore items, WallClock wallClock) {
        this.items = items;
        this.wallClock = wallClock;
    }

    /// The item asked for, or only its number where the asker has one as new.
    KrpcResponse.Extra find(KrpcQuery.Get get, long nowNanos) {
        var found = items.find(get.target(), wallClock.millis(nowNanos));
        if (found.isEmpty()) {
            return KrpcResponse.Extra.NONE;
        }
        boolean isKnown =
                get.seq().isPresent()
                        && found.get() instanceof Item.Mutable mutable
                        && mutable.seq() <= get.seq().getAsLong();
        return isKnown
                ? new KrpcResponse.Stored(
                        Optional.empty(), KrpcResponse.Stored.of(found.get()).seq())
                : KrpcResponse.Stored.of(found.get());
    }

    /// Stores the item; empty when it is stored. The token must have been checked.
    Optional<Refusal> put(KrpcQuery.Put put, IpAddress source, long nowNanos) {
        long nowMillis = wallClock.millis(nowNanos);
        var refusal =
                switch (put.item()) {
                    case Item.Immutable _ -> Optional.<Refusal>empty();
                    case Item.Mutable item -> objection(item, put.cas(), nowNanos);
                };
        if (refusal.isEmpty()) {
            items.put(put.item(), source, nowMillis);
        }
        return refusal;
    }

    private Optional<Refusal> objection(Item.Mutable item, OptionalLong cas, long nowNanos) {
        var stored = items.find(item.target(), wallClock.millis(nowNanos));
        if (stored.isPresent() && stored.get() instanceof Item.Mutable old) {
            if (cas.isPresent() && cas.getAsLong() != old.seq()) {
                return refused(KrpcError.CAS_MISMATCH, "the item here has seq " + old.seq());
            }
            if (item.seq() < old.seq()) {
                return refused(KrpcError.SEQUENCE_TOO_LOW, "the item here is newer");
            }
            if (item.seq() == old.seq() && !item.value().equals(old.value())) {
                return refused(KrpcError.SEQUENCE_TOO_LOW, "the item here has this seq");
            }
            if (item.equals(old)) {
                return Optional.empty();
            }
        }
        if (!mayVerify(nowNanos)) {
            return refused(KrpcError.SERVER, "too many items to verify, try again");
        }
        return item.isSigned()
                ? Optional.empty()
                : refused(KrpcError.INVALID_SIGNATURE, "invalid signature");
    }

    private static Optional<Refusal> refused(int code, String text) {
        return Optional.of(new Refusal(code, text));
    }

    /// A bucket that leaks at the allowed rate.
    private boolean mayVerify(long nowNanos) {
        double leaked = Math.max(0, nowNanos - verifiedNanos) * (VERIFIED_PER_SECOND / 1e9);
        verified = Math.max(0, verified - leaked);
        verifiedNanos = nowNanos;
        if (verified > VERIFIED_BURST - 1) {
            return false;
        }
        verified++;
        return true;
    }
}
