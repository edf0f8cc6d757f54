package dev.starling.bencode;

import java.util.Objects;

/// Reads one bencoded value out of a byte array without copying it (BEP 3, "bencoding").
///
/// Bounded in depth, tokens and length by [Limits]; recursion-free. Hostile input costs at most one
/// pass over the bytes and a token array of the stated size, and ends in [Malformed].
public final class Bencode {

    private Bencode() {}

    /// What the reader accepts.
    ///
    /// Strict refuses leading zeros, negative zero, unsorted or duplicate keys and trailing bytes.
    /// Lenient tolerates leading zeros, negative zero, unsorted keys (the first of duplicates
    /// counts) and trailing bytes, all of which are seen in the wild.
    public enum Mode {
        STRICT,
        LENIENT
    }

    /// Bounds on one value. `maxTokens` counts integers, strings, lists and dictionaries, keys
    /// included.
    public record Limits(int maxDepth, int maxTokens, int maxLengthBytes) {
        /// A datagram: BEP 5 messages nest three deep; 500 tokens as libtorrent allows.
        public static final Limits DATAGRAM = new Limits(10, 500, 65_536);

        /// An extension message (BEP 9, 10, 11).
        public static final Limits EXTENSION = new Limits(10, 2_000, 1 << 20);

        /// A .torrent file or info dictionary.
        public static final Limits TORRENT = new Limits(100, 3_000_000, 64 << 20);
    }

    /// What reading gave.
    public sealed interface Result {}

    /// A value, and how many bytes it took.
    public record Parsed(BencodeValue value, int lengthBytes) implements Result {}

    /// Not bencode, or beyond a limit; `offset` counts from the start of the range read.
    public record Malformed(String reason, int offset) implements Result {}

    /// Reads the value at `offset`, using no more than `lengthBytes` bytes. The array is kept by
    /// the value and must not change while the value is in use.
    public static Result read(byte[] bytes, int offset, int lengthBytes, Limits limits, Mode mode) {
        Objects.checkFromIndexSize(offset, lengthBytes, bytes.length);
        var reader = new BencodeReader();
        return reader.read(bytes, offset, lengthBytes, limits, mode)
                ? new Parsed(reader.root(), reader.lengthBytes())
                : reader.malformed();
    }

    public static Result read(byte[] bytes, Limits limits, Mode mode) {
        return read(bytes, 0, bytes.length, limits, mode);
    }
}
