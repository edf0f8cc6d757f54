package dev.starling.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.starling.Seeded;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Ids beside a model of big integers.
class IdTest {

    private static final String HEX = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void idOfBep5IsTwentyBytes() {
        byte[] bytes = "mnopqrstuvwxyz123456".getBytes(StandardCharsets.US_ASCII);

        var id = Id.of(bytes);

        assertThat(id.toBytes()).isEqualTo(bytes);
        assertThat(id.hex()).isEqualTo("6d6e6f707172737475767778797a313233343536");
        assertThatIllegalArgumentException().isThrownBy(() -> Id.of(new byte[19]));
    }

    @Test
    void hexIsParsedInEitherCase() {
        assertThat(Id.parseHex(HEX)).hasValueSatisfying(id -> assertThat(id).hasToString(HEX));
        assertThat(Id.parseHex(HEX.toUpperCase(Locale.ROOT))).isEqualTo(Id.parseHex(HEX));
        assertThat(Id.parseHex(HEX.substring(1))).isEmpty();
        assertThat(Id.parseHex(HEX + "0")).isEmpty();
        assertThat(Id.parseHex("g" + HEX.substring(1))).isEmpty();
        assertThat(Id.parseHex("\u0661" + HEX.substring(1))).isEmpty();
    }

    @Test
    void bytesAndHexReadAsTheyWere() {
        Seeded.forSeeds(
                1_000,
                random -> {
                    var id = Id.random(random);
                    byte[] bytes = new byte[30];
                    id.copyTo(bytes, 7);

                    assertThat(Id.of(bytes, 7)).isEqualTo(id);
                    assertThat(Id.of(id.toBytes())).isEqualTo(id);
                    assertThat(Id.parseHex(id.hex())).hasValue(id);
                    assertThat(new BigInteger(1, id.toBytes())).isEqualTo(number(id));
                });
    }

    @Test
    void distanceIsTheExclusiveOr() {
        Seeded.forSeeds(
                2_000,
                random -> {
                    var target = Id.random(random);
                    var a = target.prefixed(random.nextInt(161), Id.random(random));
                    var b = a.prefixed(random.nextInt(161), Id.random(random));
                    var distanceA = number(target).xor(number(a));
                    var distanceB = number(target).xor(number(b));

                    assertThat(number(target.xor(a))).isEqualTo(distanceA);
                    assertThat(Integer.signum(target.compareDistance(a, b)))
                            .isEqualTo(distanceA.compareTo(distanceB));
                    assertThat(Integer.signum(a.compareTo(b)))
                            .isEqualTo(number(a).compareTo(number(b)));
                    assertThat(target.sharedPrefixBits(a)).isEqualTo(160 - distanceA.bitLength());
                });
    }

    @Test
    void everyBitIsCountedFromTheMostSignificant() {
        var id = Id.random(Seeded.random(1));

        for (int index = 0; index < Id.LENGTH_BITS; index++) {
            var flipped = id.flipped(index);
            assertThat(id.bit(index)).isEqualTo(number(id).testBit(159 - index));
            assertThat(number(flipped)).isEqualTo(number(id).flipBit(159 - index));
            assertThat(id.sharedPrefixBits(flipped)).isEqualTo(index);
        }
        assertThat(id.sharedPrefixBits(id)).isEqualTo(160);
    }

    @Test
    void prefixedTakesTheRestFromTheTail() {
        var random = Seeded.random(2);
        var id = Id.random(random);
        var tail = Id.random(random);

        for (int bits = 0; bits <= Id.LENGTH_BITS; bits++) {
            var mask = BigInteger.ONE.shiftLeft(160 - bits).subtract(BigInteger.ONE);
            var expected = number(id).andNot(mask).or(number(tail).and(mask));

            assertThat(number(id.prefixed(bits, tail))).isEqualTo(expected);
        }
    }

    @Test
    void orderIsUnsigned() {
        var low = Id.parseHex("7" + "f".repeat(39)).orElseThrow();
        var high = Id.parseHex("8" + "0".repeat(39)).orElseThrow();

        assertThat(low).isLessThan(high);
        assertThat(Id.ZERO).isLessThan(low);
    }

    private static BigInteger number(Id id) {
        return new BigInteger(id.hex(), 16);
    }
}
