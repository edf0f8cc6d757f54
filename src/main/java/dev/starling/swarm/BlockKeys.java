package dev.starling.swarm;

import java.util.Arrays;

/// A set of blocks, each named by one number, without an object for each: open addressing with
/// linear probing, and removal by shifting back so that no gravestones gather.
final class BlockKeys {

    private static final long EMPTY = -1;
    private static final int FIRST_CAPACITY = 64;

    private long[] slots = new long[FIRST_CAPACITY];
    private int size;

    BlockKeys() {
        Arrays.fill(slots, EMPTY);
    }

    static long key(int pieceIndex, int blockIndex) {
        return (long) pieceIndex << 32 | blockIndex;
    }

    static int piece(long key) {
        return (int) (key >>> 32);
    }

    static int block(long key) {
        return (int) key;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(long key) {
        return slots[find(key)] == key;
    }

    boolean add(long key) {
        int at = find(key);
        if (slots[at] == key) {
            return false;
        }
        slots[at] = key;
        if (++size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    boolean remove(long key) {
        int at = find(key);
        if (slots[at] != key) {
            return false;
        }
        size--;
        int mask = slots.length - 1;
        for (int next = at + 1 & mask; slots[next] != EMPTY; next = next + 1 & mask) {
            int home = home(slots[next]);
            if ((next - home & mask) >= (next - at & mask)) {
                slots[at] = slots[next];
                at = next;
            }
        }
        slots[at] = EMPTY;
        return true;
    }

    /// All keys in ascending order; the set is empty afterwards.
    long[] drain() {
        long[] keys = new long[size];
        int count = 0;
        for (long slot : slots) {
            if (slot != EMPTY) {
                keys[count++] = slot;
            }
        }
        Arrays.fill(slots, EMPTY);
        size = 0;
        Arrays.sort(keys);
        return keys;
    }

    private int find(long key) {
        int mask = slots.length - 1;
        int at = home(key);
        while (slots[at] != EMPTY && slots[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private int home(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & slots.length - 1;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        Arrays.fill(slots, EMPTY);
        for (long key : old) {
            if (key != EMPTY) {
                slots[find(key)] = key;
            }
        }
    }
}
