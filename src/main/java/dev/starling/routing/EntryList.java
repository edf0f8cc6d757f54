package dev.starling.routing;

import dev.starling.id.Id;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A bounded list of entries in the order they came, in an array that grows only as far as needed.
final class EntryList {

    private static final TableEntry[] NONE = {};
    private static final int GROWTH = 4;

    private final int capacity;
    private TableEntry[] entries = NONE;
    private int size;

    EntryList(int capacity) {
        this.capacity = capacity;
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
        entries[size++] = entry;
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
