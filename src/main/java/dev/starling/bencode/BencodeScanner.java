package dev.starling.bencode;

import static dev.starling.bencode.BencodeTokens.isDigit;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;
import java.util.Arrays;

/// The one pass over the bytes: checks them and writes a token for each value it meets.
///
/// There is no recursion; open lists and dictionaries wait on a stack no deeper than the limit. Of
/// a dictionary only the last key is remembered, which is what its order is checked by.
final class BencodeScanner {

    private static final int NO_KEY = -1;

    // Enough for a datagram; the stack of a torrent grows to its limit.
    private static final int INITIAL_DEPTH = 8;

    private final BencodeTokens tokens;
    private Limits limits = Limits.DATAGRAM;
    private boolean strict;
    private byte[] bytes = new byte[0];
    private int begin;
    private int end;
    private int position;

    private int[] openTokens = new int[INITIAL_DEPTH];
    private int[] lastKeys = new int[INITIAL_DEPTH];
    private int depth;
    private boolean valueDue; // the innermost dictionary has a key that waits for its value

    private String failure = "";
    private int failedAt;

    BencodeScanner(BencodeTokens tokens) {
        this.tokens = tokens;
    }

    /// Reads one value into the tokens; false where the bytes are malformed.
    boolean scan(byte[] source, int offset, int lengthBytes, Limits bounds, Mode mode) {
        bytes = source;
        begin = offset;
        end = offset + lengthBytes;
        position = offset;
        limits = bounds;
        strict = mode == Mode.STRICT;
        depth = 0;
        valueDue = false;
        tokens.begin(source);
        if (lengthBytes > bounds.maxLengthBytes()) {
            return fail("longer than the limit", offset);
        }
        do {
            if (!step()) {
                return false;
            }
        } while (depth > 0);
        return !strict || position == end || fail("bytes after the value", position);
    }

    Malformed malformed() {
        return new Malformed(failure, failedAt - begin);
    }

    /// Bytes the value took.
    int lengthBytes() {
        return position - begin;
    }

    private boolean step() {
        if (position == end) {
            return fail("ends inside a value", position);
        }
        byte first = bytes[position];
        if (depth > 0) {
            if (first == 'e') {
                return close();
            }
            if (!valueDue && bytes[tokens.start(openTokens[depth - 1])] == 'd') {
                return key(first);
            }
        }
        if (tokens.count() == limits.maxTokens()) {
            return fail("more tokens than the limit", position);
        }
        if (isDigit(first)) {
            valueDue = false;
            return string();
        }
        return switch (first) {
            case 'i' -> integer();
            case 'l', 'd' -> open();
            default -> fail("no value begins with this byte", position);
        };
    }

    private boolean open() {
        if (depth == limits.maxDepth()) {
            return fail("deeper than the limit", position);
        }
        if (depth == openTokens.length) {
            openTokens = Arrays.copyOf(openTokens, depth * 2);
            lastKeys = Arrays.copyOf(lastKeys, depth * 2);
        }
        openTokens[depth] = tokens.add(position, 0, 0);
        lastKeys[depth] = NO_KEY;
        depth++;
        position++;
        valueDue = false;
        return true;
    }

    private boolean close() {
        if (valueDue) {
            return fail("a key without a value", position);
        }
        depth--;
        position++;
        tokens.close(openTokens[depth], position);
        return true;
    }

    private boolean key(byte first) {
        if (!isDigit(first)) {
            return fail("a key must be a string", position);
        }
        if (tokens.count() == limits.maxTokens()) {
            return fail("more tokens than the limit", position);
        }
        int token = tokens.count();
        int start = position;
        if (!string()) {
            return false;
        }
        int previous = lastKeys[depth - 1];
        if (strict && previous != NO_KEY && tokens.compareStrings(previous, token) >= 0) {
            return fail("a key out of order", start);
        }
        lastKeys[depth - 1] = token;
        valueDue = true;
        return true;
    }

    private boolean string() {
        int start = position;
        int at = start;
        long length = 0;
        while (at < end && isDigit(bytes[at])) {
            length = length * 10 + (bytes[at] - '0');
            if (length > Integer.MAX_VALUE) {
                return fail("a string longer than what is left", start);
            }
            at++;
        }
        if (at == end) {
            return fail("ends inside a string's length", at);
        }
        if (bytes[at] != ':') {
            return fail("a string's length must end in a colon", at);
        }
        if (strict && bytes[start] == '0' && at - start > 1) {
            return fail("a leading zero", start);
        }
        int content = at + 1;
        if (length > end - content) {
            return fail("a string longer than what is left", start);
        }
        position = content + (int) length;
        tokens.add(start, position, content);
        return true;
    }

    private boolean integer() {
        int start = position;
        int at = start + 1;
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int firstDigit = at;
        long lowest = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long value = 0; // counted downwards, where the range is wider by one
        while (at < end && isDigit(bytes[at])) {
            int digit = bytes[at] - '0';
            if (value < lowest / 10 || value * 10 < lowest + digit) {
                return fail("an integer beyond 64 bits", start);
            }
            value = value * 10 - digit;
            at++;
        }
        if (at == end) {
            return fail("ends inside an integer", at);
        }
        if (bytes[at] != 'e' || at == firstDigit) {
            return fail("an integer must be digits up to an 'e'", at);
        }
        if (strict && bytes[firstDigit] == '0' && (negative || at - firstDigit > 1)) {
            return fail(negative ? "a negative zero" : "a leading zero", start);
        }
        position = at + 1;
        valueDue = false;
        tokens.add(start, position, firstDigit);
        return true;
    }

    private boolean fail(String reason, int at) {
        failure = reason;
        failedAt = at;
        return false;
    }
}
