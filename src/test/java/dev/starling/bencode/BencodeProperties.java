package dev.starling.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.Bencode.Parsed;
import dev.starling.bencode.NaiveBencode.Tree;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The reader and the writer beside a naive model.
class BencodeProperties {

    private static final int MAX_DEPTH = 4;

    // What bencode is made of; mutations with these go deeper than random bytes do.
    private static final byte[] GRAMMAR = BencodeTest.latin("deil0123456789:-");

    @Test
    void whatIsWrittenReadsAsItWas() {
        Seeded.forSeeds(
                5_000,
                random -> {
                    var tree = NaiveBencode.random(random, MAX_DEPTH);

                    byte[] written = write(tree);

                    var parsed = (Parsed) Bencode.read(written, Limits.TORRENT, Mode.STRICT);
                    assertThat(NaiveBencode.of(parsed.value())).isEqualTo(tree);
                    assertThat(parsed.lengthBytes()).isEqualTo(written.length);
                    assertThat(parsed.value().encoded()).isEqualTo(written);
                });
    }

    @Test
    void everyTruncationIsMalformed() {
        Seeded.forSeeds(
                500,
                random -> {
                    byte[] written = write(NaiveBencode.random(random, MAX_DEPTH));

                    for (int length = 0; length < written.length; length++) {
                        for (var mode : Mode.values()) {
                            assertThat(Bencode.read(written, 0, length, Limits.TORRENT, mode))
                                    .isInstanceOf(Malformed.class);
                        }
                    }
                });
    }

    @Test
    void mutationsAreJudgedAsTheModelJudgesThem() {
        Seeded.forSeeds(
                4_000,
                random -> {
                    byte[] written = write(NaiveBencode.random(random, MAX_DEPTH));
                    for (int round = 0; round < 25; round++) {
                        byte[] mutated = mutate(written, random);
                        for (var mode : Mode.values()) {
                            judgeAsTheModel(mutated, mode);
                        }
                    }
                });
    }

    /// The bytes around the range would complete any value, so that reading beyond shows.
    private static void judgeAsTheModel(byte[] bytes, Mode mode) {
        byte[] padded = new byte[bytes.length + 60];
        Arrays.fill(padded, (byte) 'e');
        System.arraycopy(bytes, 0, padded, 30, bytes.length);
        var limits = new Limits(bytes.length, bytes.length, bytes.length);

        var result = Bencode.read(padded, 30, bytes.length, limits, mode);

        var expected = NaiveBencode.parse(bytes, mode);
        switch (result) {
            case Parsed(var value, int length) -> {
                assertThat(expected).contains(NaiveBencode.of(value));
                assertThat(length).isBetween(1, bytes.length);
                assertThat(value.offset()).isEqualTo(30);
            }
            case Malformed(_, int offset) -> {
                assertThat(expected).isEmpty();
                assertThat(offset).isBetween(0, bytes.length);
            }
        }
    }

    private static byte[] mutate(byte[] original, RandomGenerator random) {
        byte[] bytes = original.clone();
        for (int edits = random.nextInt(1, 4); edits > 0 && bytes.length > 0; edits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = GRAMMAR[random.nextInt(GRAMMAR.length)];
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = splice(bytes, at, 0, GRAMMAR[random.nextInt(GRAMMAR.length)]);
                default -> bytes = splice(bytes, at, 1);
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte... inserted) {
        byte[] spliced = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(
                bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }

    private static byte[] write(Tree tree) {
        var writer = new BencodeWriter();
        NaiveBencode.write(tree, writer);
        return writer.toBytes();
    }
}
