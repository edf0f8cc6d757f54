package dev.starling.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class BencodeWriterTest {

    private final BencodeWriter writer = new BencodeWriter();

    @Test
    void examplesOfBep3AreWrittenAsTheyStand() {
        assertThat(write(() -> writer.text("spam"))).isEqualTo("4:spam");
        assertThat(write(() -> writer.integer(3))).isEqualTo("i3e");
        assertThat(write(() -> writer.integer(-3))).isEqualTo("i-3e");
        assertThat(write(() -> writer.beginList().text("spam").text("eggs").end()))
                .isEqualTo("l4:spam4:eggse");
        assertThat(
                        write(() ->
                                writer.beginDictionary()
                                        .key("cow")
                                        .text("moo")
                                        .key("spam")
                                        .text("eggs")
                                        .end()))
                .isEqualTo("d3:cow3:moo4:spam4:eggse");
        assertThat(
                        write(() -> {
                            writer.beginDictionary().key("spam").beginList();
                            writer.text("a").text("b").end().end();
                        }))
                .isEqualTo("d4:spaml1:a1:bee");
    }

    @Test
    void integersOfEveryLengthAreWritten() {
        for (long value : new long[] {0, 9, 10, -10, 999, 1_000, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(write(() -> writer.integer(value))).isEqualTo("i" + value + "e");
        }
    }

    @Test
    void keyOutOfOrderIsOurMistake() {
        writer.beginDictionary().key("b").integer(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> writer.key("a"))
                .withMessage("key a does not come after key b");
    }

    @Test
    void sameKeyTwiceIsOurMistake() {
        writer.beginDictionary().key("a").integer(1);

        assertThatIllegalStateException().isThrownBy(() -> writer.key("a"));
    }

    @Test
    void orderIsKeptPerDictionary() {
        var written =
                write(() -> {
                    writer.beginDictionary().key("b").beginDictionary();
                    writer.key("a").integer(1).end();
                    writer.key("c").integer(2).end();
                });

        assertThat(written).isEqualTo("d1:bd1:ai1ee1:ci2ee");
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() {
        writer.beginDictionary().key("z").integer(1);

        writer.key(ByteString.of(new byte[] {(byte) 0xff})).integer(2).end();

        assertThat(new String(writer.toBytes(), ISO_8859_1)).isEqualTo("d1:zi1e1:\u00ffi2ee");
    }

    @Test
    void valueWhereAKeyBelongsIsOurMistake() {
        writer.beginDictionary();

        assertThatIllegalStateException().isThrownBy(() -> writer.integer(1));
    }

    @Test
    void keyWhereAValueBelongsIsOurMistake() {
        writer.beginDictionary().key("a");

        assertThatIllegalStateException().isThrownBy(() -> writer.key("b"));
        assertThatIllegalStateException().isThrownBy(writer::end);
    }

    @Test
    void keyInAListIsOurMistake() {
        writer.beginList();

        assertThatIllegalStateException().isThrownBy(() -> writer.key("a"));
    }

    @Test
    void secondValueIsOurMistake() {
        writer.integer(1);

        assertThatIllegalStateException().isThrownBy(() -> writer.integer(2));
    }

    @Test
    void unfinishedValueIsNotGivenOut() {
        assertThatIllegalStateException().isThrownBy(writer::toBytes);

        writer.beginList();

        assertThatIllegalStateException().isThrownBy(writer::toBytes);
        assertThatIllegalStateException().isThrownBy(() -> writer.end().end());
    }

    @Test
    void reservedStringIsFilledInPlace() {
        writer.beginList().text("before");

        int at = writer.reserveString(3);
        writer.array()[at] = 'a';
        writer.array()[at + 1] = 'b';
        writer.array()[at + 2] = 'c';

        assertThat(new String(writer.end().toBytes(), ISO_8859_1)).isEqualTo("l6:before3:abce");
    }

    @Test
    void valuesReadAreWrittenAsTheyWere() {
        var value = BencodeTest.strict("d1:ali1e1:xee").find("a").orElseThrow();

        writer.beginDictionary().key("copy").value(value).end();

        assertThat(new String(writer.toBytes(), ISO_8859_1)).isEqualTo("d4:copyli1e1:xee");
    }

    @Test
    void arrayGrowsAsNeeded() {
        byte[] large = new byte[100_000];
        large[99_999] = 7;

        byte[] written = writer.beginList().string(large).string(large).end().toBytes();

        assertThat(written).hasSize(2 * (7 + 100_000) + 2);
        assertThat(written[written.length - 2]).isEqualTo((byte) 7);
    }

    private String write(Runnable writing) {
        writer.reset();
        writing.run();
        return new String(writer.toBytes(), ISO_8859_1);
    }
}
