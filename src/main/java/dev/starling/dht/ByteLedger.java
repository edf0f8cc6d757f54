package dev.starling.dht;

import org.jspecify.annotations.Nullable;

/// Bytes lent to sources, each up to an allowance that comes back with time.
///
/// Memory is fixed, and taken with the first loan: sources share accounts by a secret hash, so
/// inventing sources costs us nothing and does not show who shares an account with whom.
final class ByteLedger {

    /// One in 4,096 of honest sources shares the account of an abuser; 48 KiB in all.
    private static final int ACCOUNTS = 1 << 12;

    private final float allowanceBytes;
    private final float bytesPerNano;
    private long @Nullable [] updatedNanos;
    private float @Nullable [] lent;

    /// @param allowanceBytes that one source may owe
    /// @param bytesPerSecond at which its debt is forgiven
    ByteLedger(int allowanceBytes, double bytesPerSecond) {
        this.allowanceBytes = allowanceBytes;
        this.bytesPerNano = (float) (bytesPerSecond / 1e9);
    }

    /// Lends `bytes` to the source with this hash; false, and nothing lent, when it owes too much.
    boolean lend(long sourceHash, int bytes, long nowNanos) {
        if (updatedNanos == null || lent == null) {
            updatedNanos = new long[ACCOUNTS];
            lent = new float[ACCOUNTS];
        }
        int account = (int) sourceHash & (ACCOUNTS - 1);
        long elapsedNanos = Math.max(0, nowNanos - updatedNanos[account]);
        float owed = Math.max(0, lent[account] - elapsedNanos * bytesPerNano);
        boolean isGranted = owed + bytes <= allowanceBytes;
        updatedNanos[account] = nowNanos;
        lent[account] = isGranted ? owed + bytes : owed;
        return isGranted;
    }
}
