package dev.starling.routing;

import dev.starling.id.Id;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A bounded list of entries by id, smallest first, in an array that grows only as far as needed.
/// Being sorted, it is searched for the closest to a target in a few steps; see [Nearest].
final class EntryList {

    private static final TableEntry[] NONE = {};
    private static final int GROWTH = 4;

    /// Holds nobody and never will; all may share it.
    static final EntryList EMPTY = new EntryList(0);

    private final int capacity;
    private TableEntry[] entries = NONE;
    private int size;

    EntryList(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    TableEntry at(int index) {
        return entries[index];
    }

    void add(TableEntry entry) {
        if (isFull()) {
            throw new IllegalStateException("list holds " + size + " entries already");
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + GROWTH);
        }
        int place = size;
        while (place > 0 && entry.compareId(entries[place - 1]) < 0) {
            entries[place] = entries[place - 1];
            place--;
        }
        entries[place] = entry;
        size++;
    }

    /// Where the half of `from..to` begins whose ids have this bit; the bits before are the same in
    /// all of them.
    ///
    /// @param bit counted from the first, 0 to 63
    int split(int from, int to, int bit) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((entries[middle].idHigh() << bit) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    void remove(TableEntry entry) {
        int index = 0;
        while (entries[index] != entry) {
            index++;
        }
        System.arraycopy(entries, index + 1, entries, index, size - index - 1);
        size--;
        Arrays.fill(entries, size, size + 1, null);
    }

    @Nullable TableEntry find(Id id) {
        for (int i = 0; i < size; i++) {
            if (entries[i].hasId(id)) {
                return entries[i];
            }
        }
        return null;
    }

    /// The first entry that satisfies `condition`.
    @Nullable TableEntry first(Predicate<TableEntry> condition) {
        for (int i = 0; i < size; i++) {
            if (condition.test(entries[i])) {
                return entries[i];
            }
        }
        return null;
    }
}
