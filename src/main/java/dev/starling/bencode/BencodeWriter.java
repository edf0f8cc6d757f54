package dev.starling.bencode;

/// Writes bencode into a growing array. Keys must come in ascending order, as BEP 3 demands; a key
/// out of order, or a value where a key belongs, is our mistake and throws [IllegalStateException].
///
/// Not thread-safe. Reusable after [#reset()], so that a hot path allocates nothing.
public final class BencodeWriter {

    public BencodeWriter beginDictionary() {
        throw new UnsupportedOperationException();
    }

    public BencodeWriter beginList() {
        throw new UnsupportedOperationException();
    }

    /// Ends the innermost list or dictionary.
    public BencodeWriter end() {
        throw new UnsupportedOperationException();
    }

    /// A dictionary's next key, ASCII.
    public BencodeWriter key(String key) {
        throw new UnsupportedOperationException();
    }

    public BencodeWriter key(ByteString key) {
        throw new UnsupportedOperationException();
    }

    public BencodeWriter integer(long value) {
        throw new UnsupportedOperationException();
    }

    public BencodeWriter string(byte[] bytes, int offset, int lengthBytes) {
        throw new UnsupportedOperationException();
    }

    public BencodeWriter string(byte[] bytes) {
        return string(bytes, 0, bytes.length);
    }

    public BencodeWriter string(ByteString bytes) {
        throw new UnsupportedOperationException();
    }

    /// A string of `text` in UTF-8.
    public BencodeWriter text(String text) {
        return string(ByteString.utf8(text));
    }

    /// Begins a string of exactly `lengthBytes` bytes and returns where in [#array()] the caller
    /// must write them before the next call; for compact node lists without a copy.
    public int reserveString(int lengthBytes) {
        throw new UnsupportedOperationException();
    }

    /// A value that is bencoded already.
    public BencodeWriter encoded(byte[] value) {
        throw new UnsupportedOperationException();
    }

    public BencodeWriter value(BencodeValue value) {
        return encoded(value.encoded());
    }

    public int lengthBytes() {
        throw new UnsupportedOperationException();
    }

    /// The array being written; changes whenever it grows.
    public byte[] array() {
        throw new UnsupportedOperationException();
    }

    public byte[] toBytes() {
        throw new UnsupportedOperationException();
    }

    public void reset() {
        throw new UnsupportedOperationException();
    }
}
