package dev.starling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Id INFO_HASH = Id.parseHex("aa".repeat(20)).orElseThrow();
    private static final Id PEER_ID =
            Id.of("-SG0001-abcdefghijkl".getBytes(StandardCharsets.US_ASCII));

    @Test
    void isTheSixtyEightBytesOfBep3() {
        byte[] bytes = new Handshake(INFO_HASH, PEER_ID, Handshake.Features.OURS).toBytes();

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "13426974546f7272656e742070726f746f636f6c" // its length and name
                                + "0000000000100005" // BEP 10; BEP 6 and BEP 5
                                + "aa".repeat(20)
                                + "2d5347303030312d6162636465666768696a6b6c");
    }

    @Test
    void readsEachReservedBitByItself() {
        for (int bits = 0; bits < 8; bits++) {
            var features =
                    new Handshake.Features((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            var handshake = new Handshake(INFO_HASH, PEER_ID, features);

            var read = Handshake.read(ByteBuffer.wrap(handshake.toBytes()));

            assertThat(read).isEqualTo(new Handshake.Read(handshake));
        }
    }

    @Test
    void leavesWhatFollowsInTheBuffer() {
        byte[] bytes = new Handshake(INFO_HASH, PEER_ID, Handshake.Features.OURS).toBytes();
        var in = ByteBuffer.allocate(100).put(7, bytes).position(7).limit(80);

        var read = Handshake.read(in);

        assertThat(read).isInstanceOf(Handshake.Read.class);
        assertThat(in.position()).isEqualTo(7 + Handshake.LENGTH_BYTES);
    }

    @Test
    void waitsForTheRestAndConsumesNothing() {
        byte[] bytes = new Handshake(INFO_HASH, PEER_ID, Handshake.Features.OURS).toBytes();

        for (int length = 0; length < bytes.length; length++) {
            var in = ByteBuffer.wrap(bytes, 0, length);

            assertThat(Handshake.read(in)).isEqualTo(new Handshake.Incomplete());
            assertThat(in.position()).isZero();
        }
    }

    @Test
    void refusesAnotherProtocolAtItsFirstByte() {
        var http = ByteBuffer.wrap("G".getBytes(StandardCharsets.US_ASCII));
        var almost =
                ByteBuffer.wrap("\u0013BitTorrent Protocol".getBytes(StandardCharsets.US_ASCII));

        assertThat(Handshake.read(http))
                .isEqualTo(
                        new Handshake.Malformed(
                                "byte 0 of the handshake is 0x47, not BitTorrent's 0x13"));
        assertThat(Handshake.read(almost)).isInstanceOf(Handshake.Malformed.class);
        assertThat(http.position()).isZero();
    }
}
