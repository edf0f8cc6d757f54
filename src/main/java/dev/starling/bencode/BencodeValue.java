package dev.starling.bencode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A view of one bencoded value inside the array it was read from; copies nothing until asked.
///
/// Asking a value for what it is not gives an empty answer, never an exception: what a remote sends
/// is data. Lookups in a dictionary are linear in its entries.
public final class BencodeValue {

    /// The four kinds of BEP 3.
    public enum Kind {
        INTEGER,
        STRING,
        LIST,
        DICTIONARY
    }

    /// One key and value of a dictionary, in the order of the input.
    public record Entry(ByteString key, BencodeValue value) {}

    BencodeValue() {}

    public Kind kind() {
        throw new UnsupportedOperationException();
    }

    /// The integer; empty for another kind. Integers beyond 64 bits are malformed at reading.
    public OptionalLong integer() {
        throw new UnsupportedOperationException();
    }

    /// The string's bytes; empty for another kind.
    public Optional<ByteString> bytes() {
        throw new UnsupportedOperationException();
    }

    /// The string as UTF-8, malformed sequences as U+FFFD; empty for another kind.
    public Optional<String> text() {
        return bytes().map(ByteString::text);
    }

    /// Length of a string's bytes, or -1 for another kind.
    public int stringLengthBytes() {
        throw new UnsupportedOperationException();
    }

    /// Where a string's bytes begin in [#array()], or -1 for another kind.
    public int stringOffset() {
        throw new UnsupportedOperationException();
    }

    /// The items of a list; empty for another kind.
    public List<BencodeValue> items() {
        throw new UnsupportedOperationException();
    }

    /// The entries of a dictionary; empty for another kind.
    public List<Entry> entries() {
        throw new UnsupportedOperationException();
    }

    /// The value under `key` (ASCII); empty where absent or where this is no dictionary.
    public Optional<BencodeValue> find(String key) {
        throw new UnsupportedOperationException();
    }

    public OptionalLong integer(String key) {
        var value = find(key);
        return value.isPresent() ? value.get().integer() : OptionalLong.empty();
    }

    public Optional<ByteString> bytes(String key) {
        return find(key).flatMap(BencodeValue::bytes);
    }

    public Optional<String> text(String key) {
        return find(key).flatMap(BencodeValue::text);
    }

    public Optional<BencodeValue> list(String key) {
        return find(key).filter(value -> value.kind() == Kind.LIST);
    }

    public Optional<BencodeValue> dictionary(String key) {
        return find(key).filter(value -> value.kind() == Kind.DICTIONARY);
    }

    /// The array this value lies in; not a copy, and not to be written.
    public byte[] array() {
        throw new UnsupportedOperationException();
    }

    /// First byte of the encoded value in [#array()].
    public int offset() {
        throw new UnsupportedOperationException();
    }

    /// Length of the encoded value.
    public int lengthBytes() {
        throw new UnsupportedOperationException();
    }

    /// A copy of exactly the bytes this value was read from; an infohash is taken over these (BEP
    /// 3).
    public byte[] encoded() {
        throw new UnsupportedOperationException();
    }
}
