package dev.starling.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteStringTest {

    @Test
    void copiesWhatItIsMadeOfAndWhatItGives() {
        byte[] bytes = {1, 2, 3};
        var string = ByteString.of(bytes);
        bytes[0] = 9;

        string.toBytes()[1] = 9;

        assertThat(string.hex()).isEqualTo("010203");
    }

    @Test
    void takesAPartOfAnArray() {
        assertThat(ByteString.of(new byte[] {1, 2, 3, 4}, 1, 2).hex()).isEqualTo("0203");
        assertThat(ByteString.of(new byte[] {1}, 1, 0)).isSameAs(ByteString.EMPTY);
    }

    @Test
    void equalBytesAreEqual() {
        var a = ByteString.utf8("spam");

        assertThat(a).isEqualTo(ByteString.utf8("spam")).isNotEqualTo(ByteString.utf8("spaM"));
        assertThat(a).hasSameHashCodeAs(ByteString.utf8("spam"));
    }

    @Test
    void orderIsOfUnsignedBytes() {
        var low = ByteString.of(new byte[] {0x7f});
        var high = ByteString.of(new byte[] {(byte) 0x80});

        assertThat(low).isLessThan(high);
        assertThat(low).isLessThan(ByteString.of(new byte[] {0x7f, 0}));
        assertThat(ByteString.EMPTY).isLessThan(low);
    }

    @Test
    void textIsUtf8() {
        assertThat(ByteString.utf8("\u00e9").hex()).isEqualTo("c3a9");
        assertThat(ByteString.utf8("\u00e9").text()).isEqualTo("\u00e9");
        assertThat(ByteString.of(new byte[] {(byte) 0xff}).text()).isEqualTo("\ufffd");
    }
}
