package dev.starling.dht;

import dev.starling.id.Id;
import java.util.Arrays;

/// What is known of each infohash of a peer store, in 48 bytes: rows of numbers, by the number of
/// the swarm from 0 up. Confined to its owner.
///
/// Rows lie in pages, so that a million of them grow without being copied, and are no work for the
/// garbage collector, which looks into references alone.
final class SwarmRows {

    /// Fields of one number.
    static final int NEXT = 0;

    static final int OLDER = 1;
    static final int NEWER = 2;
    private static final int LOW = 3;

    /// Fields of a long word, which takes two places.
    private static final int HIGH = 4;

    private static final int MIDDLE = 6;
    static final int PEER = 8;
    static final int MILLIS = 10;

    private static final int ROW_INTS = 12;

    /// Rows of a page, 48 KiB; the first page begins small, as most nodes know few infohashes.
    private static final int PAGE_BITS = 10;

    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int FIRST_ROWS = 8;

    private static final int[][] NOTHING = {};

    private int[][] pages = NOTHING;

    /// Makes the row that of an infohash, whatever it was before; all else in it is 0. The rows
    /// before it must be there.
    void begin(int row, Id infoHash) {
        makePlace(row);
        int[] page = page(row);
        Arrays.fill(page, at(row, 0), at(row, 0) + ROW_INTS, 0);
        page[at(row, LOW)] = infoHash.low();
        setWord(row, HIGH, infoHash.high());
        setWord(row, MIDDLE, infoHash.middle());
    }

    private void makePlace(int row) {
        int index = row >>> PAGE_BITS;
        if (index == pages.length) {
            pages = Arrays.copyOf(pages, index + 1);
            pages[index] = new int[(index == 0 ? FIRST_ROWS : PAGE_ROWS) * ROW_INTS];
        } else if (at(row, 0) >= page(row).length) {
            pages[index] = Arrays.copyOf(page(row), 2 * page(row).length);
        }
    }

    Id infoHash(int row) {
        return new Id(word(row, HIGH), word(row, MIDDLE), number(row, LOW));
    }

    boolean isOf(int row, Id infoHash) {
        return word(row, HIGH) == infoHash.high()
                && word(row, MIDDLE) == infoHash.middle()
                && number(row, LOW) == infoHash.low();
    }

    /// Writes one row over another.
    void move(int from, int to) {
        System.arraycopy(page(from), at(from, 0), page(to), at(to, 0), ROW_INTS);
    }

    int number(int row, int field) {
        return page(row)[at(row, field)];
    }

    void setNumber(int row, int field, int value) {
        page(row)[at(row, field)] = value;
    }

    long word(int row, int field) {
        int[] page = page(row);
        int at = at(row, field);
        return (long) page[at] << Integer.SIZE | (page[at + 1] & 0xffff_ffffL);
    }

    void setWord(int row, int field, long value) {
        int[] page = page(row);
        int at = at(row, field);
        page[at] = (int) (value >>> Integer.SIZE);
        page[at + 1] = (int) value;
    }

    private int[] page(int row) {
        return pages[row >>> PAGE_BITS];
    }

    private static int at(int row, int field) {
        return (row & (PAGE_ROWS - 1)) * ROW_INTS + field;
    }
}
