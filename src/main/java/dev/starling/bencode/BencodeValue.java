package dev.starling.bencode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A view of one bencoded value inside the array it was read from; copies nothing until asked.
///
/// Asking a value for what it is not gives an empty answer, never an exception: what a remote sends
/// is data. Lookups in a dictionary are linear in its entries. Safe to read from any thread.
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

    private final BencodeTokens tokens;
    private final int token;

    BencodeValue(BencodeTokens tokens, int token) {
        this.tokens = tokens;
        this.token = token;
    }

    public Kind kind() {
        return switch (tokens.firstByte(token)) {
            case 'i' -> Kind.INTEGER;
            case 'l' -> Kind.LIST;
            case 'd' -> Kind.DICTIONARY;
            default -> Kind.STRING;
        };
    }

    /// The integer; empty for another kind. Integers beyond 64 bits are malformed at reading.
    public OptionalLong integer() {
        return tokens.firstByte(token) == 'i'
                ? OptionalLong.of(tokens.integer(token))
                : OptionalLong.empty();
    }

    /// The string's bytes; empty for another kind.
    public Optional<ByteString> bytes() {
        return tokens.isString(token) ? Optional.of(stringOf(token)) : Optional.empty();
    }

    /// The string as UTF-8, malformed sequences as U+FFFD; empty for another kind.
    public Optional<String> text() {
        return bytes().map(ByteString::text);
    }

    /// Length of a string's bytes, or -1 for another kind.
    public int stringLengthBytes() {
        return tokens.isString(token) ? tokens.end(token) - tokens.content(token) : -1;
    }

    /// Where a string's bytes begin in [#array()], or -1 for another kind.
    public int stringOffset() {
        return tokens.isString(token) ? tokens.content(token) : -1;
    }

    /// The items of a list; empty for another kind.
    public List<BencodeValue> items() {
        if (tokens.firstByte(token) != 'l') {
            return List.of();
        }
        var items = new ArrayList<BencodeValue>();
        int end = tokens.after(token);
        for (int at = token + 1; at < end; at = tokens.after(at)) {
            items.add(new BencodeValue(tokens, at));
        }
        return Collections.unmodifiableList(items);
    }

    /// The entries of a dictionary; empty for another kind.
    public List<Entry> entries() {
        if (!tokens.isDictionary(token)) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        int end = tokens.after(token);
        for (int at = token + 1; at < end; at = tokens.after(at + 1)) {
            entries.add(new Entry(stringOf(at), new BencodeValue(tokens, at + 1)));
        }
        return Collections.unmodifiableList(entries);
    }

    /// The value under `key` (ASCII), the first where there are several; empty where absent or
    /// where this is no dictionary.
    public Optional<BencodeValue> find(String key) {
        if (!tokens.isDictionary(token)) {
            return Optional.empty();
        }
        int end = tokens.after(token);
        for (int at = token + 1; at < end; at = tokens.after(at + 1)) {
            if (tokens.stringEquals(at, key)) {
                return Optional.of(new BencodeValue(tokens, at + 1));
            }
        }
        return Optional.empty();
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
        return tokens.bytes();
    }

    /// First byte of the encoded value in [#array()].
    public int offset() {
        return tokens.start(token);
    }

    /// Length of the encoded value.
    public int lengthBytes() {
        return tokens.end(token) - tokens.start(token);
    }

    /// A copy of exactly the bytes this value was read from; an infohash is taken over these (BEP
    /// 3).
    public byte[] encoded() {
        return Arrays.copyOfRange(tokens.bytes(), tokens.start(token), tokens.end(token));
    }

    private ByteString stringOf(int string) {
        int content = tokens.content(string);
        return ByteString.of(tokens.bytes(), content, tokens.end(string) - content);
    }
}
