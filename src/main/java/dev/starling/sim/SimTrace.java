package dev.starling.sim;

/// A running hash of all that happened, so that two runs can be told to be the same.
public final class SimTrace {

    // The 64-bit variant of Fowler, Noll and Vo's hash; any mixing that heeds order would do.
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = OFFSET;

    public void add(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 32;
    }

    public void add(byte[] bytes) {
        add(bytes.length);
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
    }

    public long hash() {
        return hash;
    }
}
