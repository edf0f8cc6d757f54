package dev.starling.sim;

/// A set of a few thousand numbers that is emptied in no time, for checks after every event.
final class SimSet {

    /// At least twice what a table may hold, and a power of two.
    private static final int PLACES = 1 << 12;

    private final long[] values = new long[PLACES];
    private final int[] rounds = new int[PLACES];
    private int round = 1;

    void clear() {
        round++;
    }

    /// Adds a value; whether it is new.
    boolean add(long value) {
        int place = (int) ((value * 0x9e3779b97f4a7c15L) >>> 52);
        while (rounds[place] == round) {
            if (values[place] == value) {
                return false;
            }
            place = (place + 1) & (PLACES - 1);
        }
        rounds[place] = round;
        values[place] = value;
        return true;
    }
}
