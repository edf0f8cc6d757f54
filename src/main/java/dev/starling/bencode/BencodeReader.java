package dev.starling.bencode;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;

/// Reads one value after another and answers about the last by token number, allocating nothing;
/// for hot paths. Elsewhere [Bencode#read] gives a [BencodeValue], which is easier to hold.
///
/// A token is a value's number in the order of the input, [#ROOT] being the outermost. Every
/// question takes [#ABSENT] and tokens of the wrong kind, and then answers that nothing is there.
/// Not thread-safe. Bounded by the limits given; hostile input ends in `false`.
public final class BencodeReader {

    public static final int ROOT = 0;
    public static final int ABSENT = -1;

    private final BencodeTokens tokens = new BencodeTokens();
    private final BencodeScanner scanner = new BencodeScanner(tokens);

    /// Reads the value at `offset`, forgetting the one before; false where it is [#malformed()].
    /// The array must not change while questions are asked.
    public boolean read(byte[] bytes, int offset, int lengthBytes, Limits limits, Mode mode) {
        return scanner.scan(bytes, offset, lengthBytes, limits, mode);
    }

    /// Why the last reading failed.
    public Malformed malformed() {
        return scanner.malformed();
    }

    /// Length of the outermost value.
    public int lengthBytes() {
        return scanner.lengthBytes();
    }

    public boolean isInteger(int token) {
        return token != ABSENT && tokens.firstByte(token) == 'i';
    }

    public boolean isString(int token) {
        return token != ABSENT && tokens.isString(token);
    }

    public boolean isList(int token) {
        return token != ABSENT && tokens.firstByte(token) == 'l';
    }

    public boolean isDictionary(int token) {
        return token != ABSENT && tokens.isDictionary(token);
    }

    /// The value under `key` (ASCII) in a dictionary, the first where there are several.
    public int find(int dictionary, String key) {
        if (!isDictionary(dictionary)) {
            return ABSENT;
        }
        int end = tokens.after(dictionary);
        for (int at = dictionary + 1; at < end; at = tokens.after(at + 1)) {
            if (tokens.stringEquals(at, key)) {
                return at + 1;
            }
        }
        return ABSENT;
    }

    /// The first item of a list.
    public int firstItem(int list) {
        return isList(list) && tokens.after(list) > list + 1 ? list + 1 : ABSENT;
    }

    /// The item of `list` after `item`.
    public int nextItem(int list, int item) {
        int next = tokens.after(item);
        return next < tokens.after(list) ? next : ABSENT;
    }

    /// The integer, or `otherwise` where there is none.
    public long integer(int token, long otherwise) {
        return isInteger(token) ? tokens.integer(token) : otherwise;
    }

    /// Where a string's bytes begin in the array, or -1.
    public int stringOffset(int token) {
        return isString(token) ? tokens.content(token) : -1;
    }

    /// Length of a string's bytes, or -1.
    public int stringLengthBytes(int token) {
        return isString(token) ? tokens.end(token) - tokens.content(token) : -1;
    }

    /// Whether this is a string of exactly these ASCII characters.
    public boolean isString(int token, String ascii) {
        return isString(token) && tokens.stringEquals(token, ascii);
    }

    /// A copy of a string's bytes; empty where there is no string.
    public ByteString string(int token) {
        return isString(token)
                ? ByteString.of(tokens.bytes(), tokens.content(token), stringLengthBytes(token))
                : ByteString.EMPTY;
    }

    /// A copy of the bytes that a value was read from, frame and all; empty where there is none.
    public ByteString encoded(int token) {
        return token == ABSENT
                ? ByteString.EMPTY
                : ByteString.of(
                        tokens.bytes(),
                        tokens.start(token),
                        tokens.end(token) - tokens.start(token));
    }

    /// How many bytes a value was read from, or 0.
    public int encodedLengthBytes(int token) {
        return token == ABSENT ? 0 : tokens.end(token) - tokens.start(token);
    }

    /// The outermost value as a view; this reader must not read again while it is in use.
    BencodeValue root() {
        return new BencodeValue(tokens, ROOT);
    }
}
