package dev.starling.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.Bencode.Parsed;
import dev.starling.bencode.BencodeValue.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of BEP 3, "bencoding", and what a view answers.
class BencodeTest {

    @Test
    void stringsAreLengthPrefixed() {
        var value = strict("4:spam");

        assertThat(value.kind()).isEqualTo(Kind.STRING);
        assertThat(value.text()).hasValue("spam");
        assertThat(value.stringOffset()).isEqualTo(2);
        assertThat(value.stringLengthBytes()).isEqualTo(4);
    }

    @Test
    void integersStandBetweenIAndE() {
        assertThat(strict("i3e").integer()).hasValue(3);
        assertThat(strict("i-3e").integer()).hasValue(-3);
        assertThat(strict("i0e").integer()).hasValue(0);
        assertThat(strict("i3e").kind()).isEqualTo(Kind.INTEGER);
    }

    @Test
    void listsHoldTheirElements() {
        var value = strict("l4:spam4:eggse");

        assertThat(value.kind()).isEqualTo(Kind.LIST);
        assertThat(value.items().stream().map(item -> item.text().orElseThrow()))
                .containsExactly("spam", "eggs");
    }

    @Test
    void dictionariesHoldKeysAndValuesInTurn() {
        var value = strict("d3:cow3:moo4:spam4:eggse");

        assertThat(value.kind()).isEqualTo(Kind.DICTIONARY);
        assertThat(value.text("cow")).hasValue("moo");
        assertThat(value.text("spam")).hasValue("eggs");
        assertThat(value.entries().stream().map(entry -> entry.key().text()))
                .containsExactly("cow", "spam");
    }

    @Test
    void dictionariesHoldLists() {
        var value = strict("d4:spaml1:a1:bee");

        var list = value.list("spam").orElseThrow();

        assertThat(list.items().stream().map(item -> item.text().orElseThrow()))
                .containsExactly("a", "b");
        assertThat(value.dictionary("spam")).isEmpty();
    }

    @Test
    void integersReachAllOf64Bits() {
        assertThat(strict("i9223372036854775807e").integer()).hasValue(Long.MAX_VALUE);
        assertThat(strict("i-9223372036854775808e").integer()).hasValue(Long.MIN_VALUE);
    }

    @Test
    void emptyValuesAreValues() {
        assertThat(strict("0:").bytes()).hasValue(ByteString.EMPTY);
        assertThat(strict("le").items()).isEmpty();
        assertThat(strict("de").entries()).isEmpty();
    }

    @Test
    void keysMayHoldAnyByte() {
        var value = strict("d3:a\0bi1e1:\u00ffi2ee");

        assertThat(value.integer("a\0b")).hasValue(1);
        assertThat(value.entries().getLast().key().hex()).isEqualTo("ff");
    }

    @Test
    void encodedGivesTheExactBytesOfAValue() {
        var value = strict("d4:infod6:lengthi5ee4:name1:xe");
        var info = value.dictionary("info").orElseThrow();

        assertThat(new String(info.encoded(), ISO_8859_1)).isEqualTo("d6:lengthi5ee");
        assertThat(info.offset()).isEqualTo(7);
        assertThat(info.lengthBytes()).isEqualTo(13);
    }

    @Test
    void valueInTheMiddleOfAnArrayIsReadInPlace() {
        byte[] bytes = latin("xxd1:ai7eeyy");

        var parsed = (Parsed) Bencode.read(bytes, 2, 10, Limits.DATAGRAM, Mode.LENIENT);

        assertThat(parsed.lengthBytes()).isEqualTo(8);
        assertThat(parsed.value().array()).isSameAs(bytes);
        assertThat(parsed.value().offset()).isEqualTo(2);
        assertThat(parsed.value().integer("a")).hasValue(7);
    }

    @Test
    void readingNeverLooksBeyondTheRange() {
        byte[] bytes = latin("4:spam");

        assertThat(Bencode.read(bytes, 0, 5, Limits.DATAGRAM, Mode.LENIENT))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Bencode.read(bytes, 0, 7, Limits.DATAGRAM, Mode.LENIENT))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void askingForAnotherKindGivesNothing() {
        var string = strict("4:spam");
        var integer = strict("i1e");

        assertThat(string.integer()).isEmpty();
        assertThat(string.items()).isEmpty();
        assertThat(string.entries()).isEmpty();
        assertThat(string.find("spam")).isEmpty();
        assertThat(integer.bytes()).isEmpty();
        assertThat(integer.stringOffset()).isEqualTo(-1);
        assertThat(integer.stringLengthBytes()).isEqualTo(-1);
    }

    @Test
    void nestedValuesAreSkippedInALookup() {
        var value = strict("d1:ad1:zi1ee1:bl1:zi2ee1:zi3ee");

        assertThat(value.integer("z")).hasValue(3);
        assertThat(value.dictionary("a").orElseThrow().integer("z")).hasValue(1);
        assertThat(value.find("q")).isEmpty();
    }

    @Test
    void lenientTakesTheFirstOfDuplicateKeys() {
        var parsed = (Parsed) Bencode.read(latin("d1:ai1e1:ai2ee"), Limits.DATAGRAM, Mode.LENIENT);

        assertThat(parsed.value().integer("a")).hasValue(1);
        assertThat(parsed.value().entries()).hasSize(2);
    }

    @Test
    void textReplacesWhatIsNotUtf8() {
        assertThat(strict("2:a\u00ff").text()).hasValue("a\ufffd");
        assertThat(strict("2:\u00c3\u00a9").text()).hasValue("\u00e9");
    }

    @Test
    void listsCannotBeChanged() {
        List<BencodeValue> items = strict("li1ee").items();

        assertThatThrownBy(items::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    static BencodeValue strict(String text) {
        return ((Parsed) Bencode.read(latin(text), Limits.DATAGRAM, Mode.STRICT)).value();
    }

    static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
