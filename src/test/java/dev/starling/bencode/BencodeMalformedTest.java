package dev.starling.bencode;

import static dev.starling.bencode.BencodeTest.latin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.Bencode.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused always, what only strictly, and where the reader says the fault lies.
class BencodeMalformedTest {

    @ParameterizedTest
    @CsvSource({
        // Integers
        "ie,                              1, an integer must be digits up to an 'e'",
        "i-e,                             2, an integer must be digits up to an 'e'",
        "i+1e,                            1, an integer must be digits up to an 'e'",
        "i--1e,                           2, an integer must be digits up to an 'e'",
        "i 1e,                            1, an integer must be digits up to an 'e'",
        "i1.5e,                           2, an integer must be digits up to an 'e'",
        "i35412-5633e,                    6, an integer must be digits up to an 'e'",
        "i92337203t854775807e,            9, an integer must be digits up to an 'e'",
        "i9223372036854775808e,           0, an integer beyond 64 bits",
        "i-9223372036854775809e,          0, an integer beyond 64 bits",
        "i18446744073709551615e,          0, an integer beyond 64 bits",
        "i99999999999999999999999999999e, 0, an integer beyond 64 bits",
        "i,                               1, ends inside an integer",
        "i-,                              2, ends inside an integer",
        "i10,                             3, ends inside an integer",
        // Strings
        "-10:foobar,                      0, no value begins with this byte",
        "1,                               1, ends inside a string's length",
        "928,                             3, ends inside a string's length",
        "4spam,                           1, a string's length must end in a colon",
        "4-:spam,                         1, a string's length must end in a colon",
        "5:spam,                          0, a string longer than what is left",
        "100:..,                          0, a string longer than what is left",
        "99999999:foobar,                 0, a string longer than what is left",
        "2147483647:foobar,               0, a string longer than what is left",
        "2147483648:foobar,               0, a string longer than what is left",
        "4294967297:f,                    0, a string longer than what is left",
        "18446744073709551615:foobar,     0, a string longer than what is left",
        "18446744073709551617:f,          0, a string longer than what is left",
        // Lists
        "l,                               1, ends inside a value",
        "l2:..,                           5, ends inside a value",
        "l2:..0,                          6, ends inside a string's length",
        "llle,                            4, ends inside a value",
        "l-e,                             1, no value begins with this byte",
        // Dictionaries
        "d,                               1, ends inside a value",
        "d1:a,                            4, ends inside a value",
        "d1:ai1e,                         7, ends inside a value",
        "d1:ai1e1:be,                    10, a key without a value",
        "d1:ae,                           4, a key without a value",
        "di5e1:ae,                        1, a key must be a string",
        "dle1:ae,                         1, a key must be a string",
        "df00:,                           1, a key must be a string",
        "d1000,                           5, ends inside a string's length",
        "d1000:..e,                       1, a string longer than what is left",
        "d1000:,                          1, a string longer than what is left",
        "d1:a1919191010:11111,            4, a string longer than what is left",
        "d2143289344:a4:aaaae,            1, a string longer than what is left",
        "d214328934114:a4:aaaae,          1, a string longer than what is left",
        "d9205357638345293824:a4:aaaae,   1, a string longer than what is left",
        "d1:a9205357638345293824:11111,   4, a string longer than what is left",
        // Nothing of the kind
        "e,                               0, no value begins with this byte",
        "x,                               0, no value begins with this byte",
        ":,                               0, no value begins with this byte",
        "'',                              0, ends inside a value",
    })
    void isRefusedInBothModes(String input, int offset, String reason) {
        assertThat(read(input, Mode.STRICT)).isEqualTo(new Malformed(reason, offset));
        assertThat(read(input, Mode.LENIENT)).isEqualTo(new Malformed(reason, offset));
    }

    @ParameterizedTest
    @CsvSource({
        "i01e,                  0, a leading zero,            4",
        "i00e,                  0, a leading zero,            4",
        "i-0e,                  0, a negative zero,           4",
        "i-01e,                 0, a negative zero,           5",
        "06:foobar,             0, a leading zero,            9",
        "00:,                   0, a leading zero,            3",
        "d01:ai1ee,             1, a leading zero,            9",
        "d1:bi1e1:ai2ee,        7, a key out of order,       14",
        "d2:abi1e2:aai2ee,      8, a key out of order,       16",
        "d2:aai1e1:ai2ee,       8, a key out of order,       15",
        "d1:ai1e1:ai2ee,        7, a key out of order,       14",
        "d1:ad1:yi1e1:xi1eee,  11, a key out of order,       19",
        "i1ei2e,                3, bytes after the value,     3",
        "4:spamx,               6, bytes after the value,     6",
        "dee,                   2, bytes after the value,     2",
        "lex,                   2, bytes after the value,     2",
    })
    void isRefusedOnlyStrictly(String input, int offset, String reason, int lengthBytes) {
        assertThat(read(input, Mode.STRICT)).isEqualTo(new Malformed(reason, offset));
        assertThat(((Parsed) read(input, Mode.LENIENT)).lengthBytes()).isEqualTo(lengthBytes);
    }

    @Test
    void lenientReadsTheNumbersMeant() {
        assertThat(lenient("i-0e").integer()).hasValue(0);
        assertThat(lenient("i0042e").integer()).hasValue(42);
        assertThat(lenient("i-007e").integer()).hasValue(-7);
        assertThat(lenient("03:abc").text()).hasValue("abc");
        assertThat(lenient("d1:bi1e1:ai2ee").integer("a")).hasValue(2);
    }

    @Test
    void offsetsCountFromTheStartOfTheRange() {
        var result = Bencode.read(latin("......l-e"), 6, 3, Limits.DATAGRAM, Mode.LENIENT);

        assertThat(result).isEqualTo(new Malformed("no value begins with this byte", 1));
    }

    @Test
    void depthIsBounded() {
        var limits = new Limits(3, 100, 100);

        assertThat(Bencode.read(latin("lllleeee"), limits, Mode.STRICT))
                .isEqualTo(new Malformed("deeper than the limit", 3));
        assertThat(Bencode.read(latin("d1:ad1:bd1:cdeeee"), limits, Mode.STRICT))
                .isEqualTo(new Malformed("deeper than the limit", 12));
        assertThat(Bencode.read(latin("llleee"), limits, Mode.STRICT)).isInstanceOf(Parsed.class);
    }

    @Test
    void millionOpenListsCostNoStack() {
        byte[] bytes = latin("l".repeat(1_000_000));
        var deep = new Limits(2_000_000, 2_000_000, 2_000_000);

        assertThat(Bencode.read(bytes, Limits.TORRENT, Mode.LENIENT))
                .isEqualTo(new Malformed("deeper than the limit", 100));
        assertThat(Bencode.read(bytes, deep, Mode.LENIENT))
                .isEqualTo(new Malformed("ends inside a value", 1_000_000));
    }

    @Test
    void tokensAreBoundedKeysIncluded() {
        var limits = new Limits(3, 5, 100);

        assertThat(Bencode.read(latin("d1:ai1e1:bi2ee"), limits, Mode.STRICT))
                .isInstanceOf(Parsed.class);
        assertThat(Bencode.read(latin("d1:ai1e1:bi2e1:ci3ee"), limits, Mode.STRICT))
                .isEqualTo(new Malformed("more tokens than the limit", 13));
        assertThat(Bencode.read(latin("l0:0:0:0:e"), limits, Mode.STRICT))
                .isInstanceOf(Parsed.class);
        assertThat(Bencode.read(latin("l0:0:0:0:0:e"), limits, Mode.STRICT))
                .isEqualTo(new Malformed("more tokens than the limit", 9));
    }

    @Test
    void lengthIsBounded() {
        var limits = new Limits(3, 5, 6);

        assertThat(Bencode.read(latin("4:spam"), limits, Mode.STRICT)).isInstanceOf(Parsed.class);
        assertThat(Bencode.read(latin("5:spams"), limits, Mode.STRICT))
                .isEqualTo(new Malformed("longer than the limit", 0));
    }

    private static Bencode.Result read(String input, Mode mode) {
        return Bencode.read(latin(input), Limits.DATAGRAM, mode);
    }

    private static BencodeValue lenient(String input) {
        return ((Parsed) read(input, Mode.LENIENT)).value();
    }
}
