package dev.starling.bencode;

import java.util.Arrays;

/// The values met by one pass, in the order of the input, three integers each: where the encoded
/// value starts, where it ends, and a third whose meaning depends on the kind. For a string it is
/// where the content starts, for an integer where its digits start, and for a list or dictionary
/// the token that follows its last descendant. The kind is read from the first byte itself.
final class BencodeTokens {

    private static final int STRIDE = 3;

    // A query or an answer of the DHT fits without growing.
    private static final int INITIAL_TOKENS = 32;

    private int[] cells = new int[INITIAL_TOKENS * STRIDE];
    private byte[] bytes = new byte[0];
    private int count;

    static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    /// Forgets all tokens; those to come are about `source`.
    void begin(byte[] source) {
        bytes = source;
        count = 0;
    }

    int add(int start, int end, int third) {
        int cell = count * STRIDE;
        if (cell == cells.length) {
            cells = Arrays.copyOf(cells, cell * 2);
        }
        cells[cell] = start;
        cells[cell + 1] = end;
        cells[cell + 2] = third;
        return count++;
    }

    /// Ends the list or dictionary `token`: it holds all tokens added since.
    void close(int token, int end) {
        cells[token * STRIDE + 1] = end;
        cells[token * STRIDE + 2] = count;
    }

    byte[] bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    int start(int token) {
        return cells[token * STRIDE];
    }

    int end(int token) {
        return cells[token * STRIDE + 1];
    }

    /// First byte of a string's content.
    int content(int token) {
        return cells[token * STRIDE + 2];
    }

    /// 'd', 'l', 'i' or a digit.
    byte firstByte(int token) {
        return bytes[start(token)];
    }

    boolean isDictionary(int token) {
        return firstByte(token) == 'd';
    }

    boolean isString(int token) {
        return isDigit(firstByte(token));
    }

    /// The token after this value and all it holds.
    int after(int token) {
        byte first = firstByte(token);
        return first == 'd' || first == 'l' ? cells[token * STRIDE + 2] : token + 1;
    }

    /// The integer that was found to fit when it was read.
    long integer(int token) {
        int at = cells[token * STRIDE + 2];
        boolean negative = bytes[at - 1] == '-';
        long value = 0;
        for (; bytes[at] != 'e'; at++) {
            value = value * 10 - (bytes[at] - '0');
        }
        return negative ? value : -value;
    }

    int compareStrings(int a, int b) {
        return Arrays.compareUnsigned(bytes, content(a), end(a), bytes, content(b), end(b));
    }

    boolean stringEquals(int token, String ascii) {
        int content = content(token);
        int length = ascii.length();
        if (end(token) - content != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[content + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
