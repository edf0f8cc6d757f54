package dev.starling.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bytes of each message (BEP 3, "peer messages"; BEP 5; BEP 6), and what is refused.
class WireMessageTest {

    private static final BlockRange RANGE = new BlockRange(1, 0x4000, 0x4000);

    @Test
    void everyMessageHasItsBytes() {
        messages()
                .forEach((hex, message) -> {
                    assertThat(encode(message)).isEqualTo(hex);
                    assertThat(decode(hex)).isEqualTo(new WireDecoder.Decoded(message));
                });
    }

    private static Map<String, WireMessage> messages() {
        var messages = new LinkedHashMap<String, WireMessage>();
        messages.put("00000000", new WireMessage.KeepAlive());
        messages.put("0000000100", new WireMessage.Choke());
        messages.put("0000000101", new WireMessage.Unchoke());
        messages.put("0000000102", new WireMessage.Interested());
        messages.put("0000000103", new WireMessage.NotInterested());
        messages.put("000000050400000102", new WireMessage.Have(0x102));
        messages.put(
                "0000000305ff80",
                new WireMessage.Bitfield(ByteString.of(new byte[] {(byte) 0xff, (byte) 0x80})));
        messages.put("0000000d06000000010000400000004000", new WireMessage.Request(RANGE));
        messages.put(
                "0000000c070000000100004000abcdef",
                new WireMessage.Piece(1, 0x4000, ByteBuffer.wrap(bytes("abcdef"))));
        messages.put("0000000d08000000010000400000004000", new WireMessage.Cancel(RANGE));
        messages.put("00000003091ae1", new WireMessage.Port(6881));
        messages.put("0000000309ffff", new WireMessage.Port(65_535));
        messages.put("000000050d00000007", new WireMessage.SuggestPiece(7));
        messages.put("000000010e", new WireMessage.HaveAll());
        messages.put("000000010f", new WireMessage.HaveNone());
        messages.put("0000000d10000000010000400000004000", new WireMessage.RejectRequest(RANGE));
        messages.put("000000051100000007", new WireMessage.AllowedFast(7));
        return messages;
    }

    @Test
    void aPieceIsAViewOfTheBufferItCameIn() {
        byte[] bytes = bytes("0000000c070000000100004000abcdef");
        var in = ByteBuffer.wrap(bytes);

        var decoded = (WireDecoder.Decoded) new WireDecoder().next(in);
        bytes[13] = 0x11;

        var piece = (WireMessage.Piece) decoded.message();
        assertThat(piece.data().get(0)).isEqualTo((byte) 0x11);
        assertThat(piece.data().remaining()).isEqualTo(3);
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void aPieceHeaderIsAPieceWithoutItsData() {
        var out = ByteBuffer.allocate(WireEncoder.PIECE_HEADER_BYTES);

        WireEncoder.pieceHeader(1, 0x4000, 3, out);

        assertThat(HexFormat.of().formatHex(out.array())).isEqualTo("0000000c070000000100004000");
    }

    @Test
    void everyLengthIsJudgedBeforeItsBytesArrive() {
        assertMalformed("0000000200"); // choke of two bytes
        assertMalformed("0000000404"); // have without all of its index
        assertMalformed("0000000604");
        assertMalformed("0000000c06"); // request
        assertMalformed("0000000e06");
        assertMalformed("0000000907"); // piece without data
        assertMalformed("0002000a07"); // piece of 128 KiB and a byte
        assertMalformed("0004000205"); // bitfield of 2,097,160 pieces
        assertMalformed("0000000209"); // port of one byte
        assertMalformed("000000020e");
        assertMalformed("0000000114"); // extension without its number
        assertMalformed("0001000114"); // extension of 64 KiB and a byte
        assertMalformed("0001000163"); // of a kind we do not know
        assertMalformed("ffffffff");
        assertMalformed("7fffffff");
    }

    @Test
    void theLongestOfEachKindIsAwaited() {
        assertThat(decode("0002000907")).isEqualTo(new WireDecoder.Incomplete(0x20008));
        assertThat(decode("0004000105")).isEqualTo(new WireDecoder.Incomplete(0x40000));
        assertThat(decode("0001000014")).isEqualTo(new WireDecoder.Incomplete(0xffff));
    }

    @Test
    void numbersBeyondAnyTorrentAreMalformed() {
        assertMalformed("0000000504ffffffff");
        assertMalformed("0000000d06ffffffff0000000000004000");
        assertMalformed("0000000d06000000008000000000004000");
        assertMalformed("0000000d06000000000000000000000000"); // a request for nothing
        assertMalformed("0000000d06000000000000000000020001"); // for 128 KiB and a byte
        assertMalformed("0000000a07000000008000000000");
    }

    @Test
    void unknownMessagesArePassedOver() {
        assertThat(decode("0000000363abcd"))
                .isEqualTo(new WireDecoder.Decoded(new WireMessage.Unknown(99)));
        assertThat(decode("00000003ffabcd"))
                .isEqualTo(new WireDecoder.Decoded(new WireMessage.Unknown(255)));
    }

    @Test
    void whatIsIncompleteStaysInTheBuffer() {
        byte[] bytes = bytes("0000000d06000000010000400000004000");

        for (int length = 0; length < bytes.length; length++) {
            var in = ByteBuffer.wrap(bytes, 0, length);

            var result = new WireDecoder().next(in);

            int missing = length < 4 ? 4 - length : length == 4 ? 1 : bytes.length - length;
            assertThat(result).isEqualTo(new WireDecoder.Incomplete(missing));
            assertThat(in.position()).isZero();
        }
    }

    @Test
    void anUnknownMessageIsNotOursToSend() {
        assertThatThrownBy(() -> new WireEncoder().encode(new WireMessage.Unknown(99)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertMalformed(String hex) {
        assertThat(decode(hex)).as(hex).isInstanceOf(WireDecoder.Malformed.class);
    }

    private static WireDecoder.Result decode(String hex) {
        return new WireDecoder().next(ByteBuffer.wrap(bytes(hex)));
    }

    private static String encode(WireMessage message) {
        return HexFormat.of().formatHex(new WireEncoder().encode(message));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
