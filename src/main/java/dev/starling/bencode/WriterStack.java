package dev.starling.bencode;

import java.util.Arrays;

/// What [BencodeWriter] has open, and the assertions that what it writes is bencode.
final class WriterStack {

    // Deeper than any message of BitTorrent; grows beyond.
    private static final int INITIAL_DEPTH = 8;

    private static final int NO_KEY = -1;

    private boolean[] dictionaries = new boolean[INITIAL_DEPTH];
    private int[] keyStarts = new int[INITIAL_DEPTH];
    private int[] keyEnds = new int[INITIAL_DEPTH];
    private int depth;
    private boolean valueDue; // a key was written and its value was not
    private boolean begun;

    void reset() {
        depth = 0;
        valueDue = false;
        begun = false;
    }

    void beforeValue() {
        if (depth == 0 ? begun : dictionaries[depth - 1] && !valueDue) {
            throw new IllegalStateException(
                    depth == 0 ? "a second value" : "a value where a key belongs");
        }
        begun = true;
        valueDue = false;
    }

    void open(boolean dictionary) {
        if (depth == dictionaries.length) {
            dictionaries = Arrays.copyOf(dictionaries, depth * 2);
            keyStarts = Arrays.copyOf(keyStarts, depth * 2);
            keyEnds = Arrays.copyOf(keyEnds, depth * 2);
        }
        dictionaries[depth] = dictionary;
        keyStarts[depth] = NO_KEY;
        depth++;
    }

    void close() {
        if (depth == 0 || valueDue) {
            throw new IllegalStateException(
                    depth == 0 ? "nothing is open" : "a key without a value");
        }
        depth--;
    }

    /// A key now lies in `bytes` from `start` to `end`.
    void key(byte[] bytes, int start, int end) {
        if (depth == 0 || !dictionaries[depth - 1] || valueDue) {
            throw new IllegalStateException("a key where a value belongs");
        }
        int top = depth - 1;
        if (keyStarts[top] != NO_KEY
                && Arrays.compareUnsigned(bytes, keyStarts[top], keyEnds[top], bytes, start, end)
                        >= 0) {
            throw new IllegalStateException(
                    "key %s does not come after key %s"
                            .formatted(
                                    text(bytes, start, end),
                                    text(bytes, keyStarts[top], keyEnds[top])));
        }
        keyStarts[top] = start;
        keyEnds[top] = end;
        valueDue = true;
    }

    void requireComplete() {
        if (depth > 0 || !begun) {
            throw new IllegalStateException(
                    begun ? depth + " lists or dictionaries still open" : "nothing was written");
        }
    }

    private static String text(byte[] bytes, int start, int end) {
        return ByteString.of(bytes, start, end - start).text();
    }
}
