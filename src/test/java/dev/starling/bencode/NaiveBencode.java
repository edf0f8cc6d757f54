package dev.starling.bencode;

import dev.starling.bencode.Bencode.Mode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Bencode as one would write it with no regard for speed or for hostile depth: recursive, copying
/// everything. What [Bencode] and [BencodeWriter] do must agree with it.
final class NaiveBencode {

    /// A value as plain objects.
    sealed interface Tree {}

    record Int(long value) implements Tree {}

    record Str(ByteString value) implements Tree {}

    record Items(List<Tree> items) implements Tree {}

    record Pair(ByteString key, Tree value) {}

    record Dict(List<Pair> pairs) implements Tree {}

    private final byte[] bytes;
    private final Mode mode;
    private int position;

    private NaiveBencode(byte[] bytes, Mode mode) {
        this.bytes = bytes;
        this.mode = mode;
    }

    static Optional<Tree> parse(byte[] bytes, Mode mode) {
        var parser = new NaiveBencode(bytes, mode);
        return parser.value().filter(_ -> mode == Mode.LENIENT || parser.position == bytes.length);
    }

    /// The same value through the views of [BencodeValue].
    static Tree of(BencodeValue value) {
        return switch (value.kind()) {
            case INTEGER -> new Int(value.integer().orElseThrow());
            case STRING -> new Str(value.bytes().orElseThrow());
            case LIST -> new Items(value.items().stream().map(NaiveBencode::of).toList());
            case DICTIONARY ->
                    new Dict(
                            value.entries().stream()
                                    .map(entry -> new Pair(entry.key(), of(entry.value())))
                                    .toList());
        };
    }

    static void write(Tree tree, BencodeWriter writer) {
        switch (tree) {
            case Int(long value) -> writer.integer(value);
            case Str(var value) -> writer.string(value);
            case Items(var items) -> {
                writer.beginList();
                items.forEach(item -> write(item, writer));
                writer.end();
            }
            case Dict(var pairs) -> {
                writer.beginDictionary();
                pairs.forEach(pair -> write(pair.value(), writer.key(pair.key())));
                writer.end();
            }
        }
    }

    static Tree random(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 4 : 2)) {
            case 0 -> new Int(random.nextLong() >> random.nextInt(64));
            case 1 -> new Str(randomString(random));
            case 2 -> {
                var items = new ArrayList<Tree>();
                for (int count = random.nextInt(5); count > 0; count--) {
                    items.add(random(random, depth - 1));
                }
                yield new Items(Collections.unmodifiableList(items));
            }
            default -> {
                var pairs = new ArrayList<Pair>();
                random.ints(random.nextInt(5))
                        .mapToObj(_ -> randomString(random))
                        .distinct()
                        .sorted()
                        .forEach(key -> pairs.add(new Pair(key, random(random, depth - 1))));
                yield new Dict(Collections.unmodifiableList(pairs));
            }
        };
    }

    private static ByteString randomString(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }

    private Optional<Tree> value() {
        return switch (peek()) {
            case 'i' -> integer();
            case 'l' -> list();
            case 'd' -> dictionary();
            default -> string().map(Str::new);
        };
    }

    private Optional<Tree> integer() {
        position++;
        return number("-?[0-9]+", 'e')
                .filter(value -> value.bitLength() < 64)
                .map(value -> new Int(value.longValueExact()));
    }

    private Optional<ByteString> string() {
        return number("[0-9]+", ':')
                .filter(length ->
                        length.compareTo(BigInteger.valueOf(bytes.length - position)) <= 0)
                .map(length -> {
                    int start = position;
                    position += length.intValueExact();
                    return ByteString.of(bytes, start, length.intValueExact());
                });
    }

    private Optional<BigInteger> number(String pattern, char end) {
        int start = position;
        while (position < bytes.length && bytes[position] != end) {
            position++;
        }
        var text = new String(bytes, start, position - start, StandardCharsets.ISO_8859_1);
        if (position++ >= bytes.length || !text.matches(pattern)) {
            return Optional.empty();
        }
        boolean zeros = text.matches("-?0.+|-0");
        return mode == Mode.STRICT && zeros ? Optional.empty() : Optional.of(new BigInteger(text));
    }

    private Optional<Tree> list() {
        position++;
        var items = new ArrayList<Tree>();
        while (peek() != 'e') {
            var item = value();
            if (item.isEmpty()) {
                return Optional.empty();
            }
            items.add(item.get());
        }
        position++;
        return Optional.of(new Items(Collections.unmodifiableList(items)));
    }

    private Optional<Tree> dictionary() {
        position++;
        var pairs = new ArrayList<Pair>();
        while (peek() != 'e') {
            var key = string();
            var value = key.flatMap(_ -> value());
            if (value.isEmpty() || (mode == Mode.STRICT && !comesAfter(key.get(), pairs))) {
                return Optional.empty();
            }
            pairs.add(new Pair(key.get(), value.get()));
        }
        position++;
        return Optional.of(new Dict(Collections.unmodifiableList(pairs)));
    }

    private static boolean comesAfter(ByteString key, List<Pair> pairs) {
        return pairs.isEmpty() || pairs.getLast().key().compareTo(key) < 0;
    }

    /// The next byte, or 0 at the end.
    private int peek() {
        return position < bytes.length ? bytes[position] : 0;
    }
}
