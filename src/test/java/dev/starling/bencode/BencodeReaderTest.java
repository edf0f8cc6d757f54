package dev.starling.bencode;

import static dev.starling.bencode.BencodeReader.ABSENT;
import static dev.starling.bencode.BencodeReader.ROOT;
import static dev.starling.bencode.BencodeTest.latin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;
import org.junit.jupiter.api.Test;

class BencodeReaderTest {

    private final BencodeReader reader = new BencodeReader();

    @Test
    void answersByTokenNumber() {
        assertThat(read("d1:ai7e1:b4:spam1:cli1e2:xxedee")).isFalse();
        assertThat(read("d1:ai7e1:b4:spam1:cli1e2:xxe1:ddee")).isTrue();

        assertThat(reader.integer(reader.find(ROOT, "a"), -1)).isEqualTo(7);
        assertThat(reader.isString(reader.find(ROOT, "b"), "spam")).isTrue();
        assertThat(reader.stringOffset(reader.find(ROOT, "b"))).isEqualTo(12);
        assertThat(reader.string(reader.find(ROOT, "b")).text()).isEqualTo("spam");
        assertThat(reader.isDictionary(reader.find(ROOT, "d"))).isTrue();
    }

    @Test
    void listsAreWalkedItemByItem() {
        read("d1:cli1el2:xxedee1:zi9ee");
        int list = reader.find(ROOT, "c");

        int first = reader.firstItem(list);
        int second = reader.nextItem(list, first);
        int third = reader.nextItem(list, second);

        assertThat(reader.integer(first, -1)).isEqualTo(1);
        assertThat(reader.isList(second)).isTrue();
        assertThat(reader.isDictionary(third)).isTrue();
        assertThat(reader.nextItem(list, third)).isEqualTo(ABSENT);
        assertThat(reader.nextItem(second, reader.firstItem(second))).isEqualTo(ABSENT);
        assertThat(reader.firstItem(third)).isEqualTo(ABSENT);
    }

    @Test
    void askingForWhatIsNotThereGivesNothing() {
        read("li1ee");

        assertThat(reader.find(ROOT, "a")).isEqualTo(ABSENT);
        assertThat(reader.find(ABSENT, "a")).isEqualTo(ABSENT);
        assertThat(reader.firstItem(ABSENT)).isEqualTo(ABSENT);
        assertThat(reader.integer(ABSENT, 5)).isEqualTo(5);
        assertThat(reader.integer(ROOT, 5)).isEqualTo(5);
        assertThat(reader.stringLengthBytes(ABSENT)).isEqualTo(-1);
        assertThat(reader.stringOffset(ROOT)).isEqualTo(-1);
        assertThat(reader.string(ROOT)).isEqualTo(ByteString.EMPTY);
        assertThat(reader.isString(ABSENT, "")).isFalse();
    }

    @Test
    void keysAreComparedWholly() {
        read("d2:abi1e3:abci2e1:bi3ee");

        assertThat(reader.find(ROOT, "a")).isEqualTo(ABSENT);
        assertThat(reader.integer(reader.find(ROOT, "abc"), -1)).isEqualTo(2);
        assertThat(reader.integer(reader.find(ROOT, "b"), -1)).isEqualTo(3);
    }

    @Test
    void readsAgainAfterAFailure() {
        assertThat(read("d1:al1:bl1:c")).isFalse();
        assertThat(reader.malformed()).isEqualTo(new Malformed("ends inside a value", 12));

        assertThat(read("d1:ai5ee")).isTrue();

        assertThat(reader.integer(reader.find(ROOT, "a"), -1)).isEqualTo(5);
        assertThat(reader.lengthBytes()).isEqualTo(8);
    }

    private boolean read(String text) {
        byte[] bytes = latin(text);
        return reader.read(bytes, 0, bytes.length, Limits.DATAGRAM, Mode.LENIENT);
    }
}
