package dev.starling.bencode;

import java.util.Arrays;

/// Writes one bencoded value into a growing array. Keys must come in ascending order, as BEP 3
/// demands; a key out of order, a value where a key belongs, or a second value is our mistake and
/// throws [IllegalStateException].
///
/// Not thread-safe. Reusable after [#reset()], so that a hot path allocates nothing.
public final class BencodeWriter {

    // One datagram without fragmentation.
    private static final int INITIAL_BYTES = 1_500;

    private static final int MAX_LONG_CHARS = 20; // Long.MIN_VALUE

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private final WriterStack stack = new WriterStack();

    public BencodeWriter beginDictionary() {
        stack.beforeValue();
        put('d');
        stack.open(true);
        return this;
    }

    public BencodeWriter beginList() {
        stack.beforeValue();
        put('l');
        stack.open(false);
        return this;
    }

    /// Ends the innermost list or dictionary.
    public BencodeWriter end() {
        stack.close();
        put('e');
        return this;
    }

    /// A dictionary's next key, ASCII.
    public BencodeWriter key(String key) {
        if (!isAscii(key)) {
            throw new IllegalStateException("key " + key + " is not ASCII");
        }
        int start = putHeader(key.length());
        putAscii(key, start);
        stack.key(bytes, start, length);
        return this;
    }

    public BencodeWriter key(ByteString key) {
        int start = putHeader(key.lengthBytes());
        key.copyTo(bytes, start);
        stack.key(bytes, start, length);
        return this;
    }

    public BencodeWriter integer(long value) {
        stack.beforeValue();
        put('i');
        putDecimal(value);
        put('e');
        return this;
    }

    public BencodeWriter string(byte[] source, int offset, int lengthBytes) {
        int start = reserveString(lengthBytes);
        System.arraycopy(source, offset, bytes, start, lengthBytes);
        return this;
    }

    public BencodeWriter string(byte[] source) {
        return string(source, 0, source.length);
    }

    public BencodeWriter string(ByteString source) {
        int start = reserveString(source.lengthBytes());
        source.copyTo(bytes, start);
        return this;
    }

    /// A string of `text` in UTF-8.
    public BencodeWriter text(String text) {
        if (!isAscii(text)) {
            return string(ByteString.utf8(text));
        }
        int start = reserveString(text.length());
        putAscii(text, start);
        return this;
    }

    /// Begins a string of exactly `lengthBytes` bytes and returns where in [#array()] the caller
    /// must write them before the next call; for compact node lists without a copy.
    public int reserveString(int lengthBytes) {
        stack.beforeValue();
        return putHeader(lengthBytes);
    }

    /// A value that is bencoded already.
    public BencodeWriter encoded(byte[] value) {
        return encoded(value, 0, value.length);
    }

    public BencodeWriter encoded(byte[] source, int offset, int lengthBytes) {
        stack.beforeValue();
        ensure(lengthBytes);
        System.arraycopy(source, offset, bytes, length, lengthBytes);
        length += lengthBytes;
        return this;
    }

    public BencodeWriter value(BencodeValue value) {
        return encoded(value.array(), value.offset(), value.lengthBytes());
    }

    public int lengthBytes() {
        return length;
    }

    /// The array being written; changes whenever it grows.
    public byte[] array() {
        return bytes;
    }

    /// A copy of the whole value.
    public byte[] toBytes() {
        stack.requireComplete();
        return Arrays.copyOf(bytes, length);
    }

    public void reset() {
        length = 0;
        stack.reset();
    }

    /// Writes a string's length, makes room for its content and returns where that starts.
    private int putHeader(int lengthBytes) {
        putDecimal(lengthBytes);
        put(':');
        ensure(lengthBytes);
        int start = length;
        length += lengthBytes;
        return start;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private void putAscii(String ascii, int at) {
        for (int i = 0; i < ascii.length(); i++) {
            bytes[at + i] = (byte) ascii.charAt(i);
        }
    }

    private void putDecimal(long value) {
        ensure(MAX_LONG_CHARS);
        if (value < 0) {
            bytes[length++] = '-';
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        length += digits;
    }

    private void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            int wanted = Math.addExact(length, more);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, wanted * 2L));
        }
    }
}
