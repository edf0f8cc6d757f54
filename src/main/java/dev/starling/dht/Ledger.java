package dev.starling.dht;

import java.util.Arrays;

/// What is lent to sources, bytes or answers, to each up to an allowance that comes back with time.
///
/// Memory is bounded: sources share accounts by a secret hash, so inventing sources costs us
/// nothing and does not show who shares an account with whom. There are few accounts until one of
/// them owes much; then there are twice as many, up to [#MAX_ACCOUNTS], so a node that few ask
/// stays small.
final class Ledger {

    /// One in 4,096 of honest sources shares the account of an abuser; 48 KiB in all.
    static final int MAX_ACCOUNTS = 1 << 12;

    /// Enough for the few who ask an ordinary node within one second.
    private static final int FIRST_ACCOUNTS = 1 << 4;

    /// The part of its allowance at which it is worth knowing who shares an account; small enough
    /// that there are many accounts before anybody is refused.
    private static final float MUCH = 0.25f;

    private static final long[] NEVER = {};
    private static final float[] NOTHING = {};

    private float allowance;
    private double perNano;
    private long[] updatedNanos = NEVER;
    private float[] lent = NOTHING;

    /// @param allowance that one source may owe
    /// @param perSecond at which its debt is forgiven
    Ledger(int allowance, double perSecond) {
        limit(allowance, perSecond);
    }

    /// Holds to other bounds from now on.
    final void limit(int newAllowance, double perSecond) {
        allowance = newAllowance;
        perNano = perSecond / 1e9;
    }

    /// Lends to the source with this hash; false, and nothing lent, when it owes too much.
    boolean lend(long sourceHash, int amount, long nowNanos) {
        if (lent.length == 0) {
            resize(FIRST_ACCOUNTS);
        }
        float owed = owed(account(sourceHash), nowNanos) + amount;
        if (owed > MUCH * allowance && lent.length < MAX_ACCOUNTS) {
            resize(2 * lent.length);
        }
        if (owed > allowance) {
            return false;
        }
        lent[account(sourceHash)] = owed;
        return true;
    }

    int accounts() {
        return lent.length;
    }

    private int account(long sourceHash) {
        return (int) sourceHash & (lent.length - 1);
    }

    private float owed(int account, long nowNanos) {
        long elapsedNanos = Math.max(0, nowNanos - updatedNanos[account]);
        updatedNanos[account] = nowNanos;
        lent[account] = (float) Math.max(0, lent[account] - elapsedNanos * perNano);
        return lent[account];
    }

    /// Splits every account in two that owe as much as it did.
    private void resize(int count) {
        int before = lent.length;
        updatedNanos = Arrays.copyOf(updatedNanos, count);
        lent = Arrays.copyOf(lent, count);
        if (before > 0) {
            System.arraycopy(updatedNanos, 0, updatedNanos, before, before);
            System.arraycopy(lent, 0, lent, before, before);
        }
    }
}
