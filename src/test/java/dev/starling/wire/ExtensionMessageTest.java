package dev.starling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.wire.WireMessage.ExtensionHandshake;
import dev.starling.wire.WireMessage.MetadataData;
import dev.starling.wire.WireMessage.MetadataReject;
import dev.starling.wire.WireMessage.MetadataRequest;
import dev.starling.wire.WireMessage.PeerExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The extension protocol (BEP 10) with metadata (BEP 9), peer exchange (BEP 11) and partial seeds
/// (BEP 21).
class ExtensionMessageTest {

    private static final PeerExchange NOBODY = new PeerExchange(List.of(), List.of(), Set.of());

    private static final int HANDSHAKE = 0;
    private static final int METADATA = WireEncoder.METADATA_NUMBER;
    private static final int PEX = WireEncoder.PEX_NUMBER;

    // BEP 10, handshake

    @Test
    void readsTheHandshakeOfBep10() {
        var read =
                handshake(
                        "d1:md11:LT_metadatai1e6:ut_pexi2ee1:pi6881e1:v13:"
                                + hex("c2b5")
                                + "Torrent 1.2e");

        assertThat(read)
                .isEqualTo(
                        new ExtensionHandshake(
                                OptionalInt.empty(),
                                OptionalInt.of(2),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.of(6881),
                                false,
                                "µTorrent 1.2"));
    }

    @Test
    void readsWhatMetadataAndPartialSeedsAddToIt() {
        var read =
                handshake(
                        "d1:md11:ut_metadatai3ee13:metadata_sizei31235e4:reqqi250e"
                                + "11:upload_onlyi1ee");

        assertThat(read.metadataNumber()).hasValue(3);
        assertThat(read.metadataSizeBytes()).hasValue(31_235);
        assertThat(read.reqq()).hasValue(250);
        assertThat(read.isUploadOnly()).isTrue();
    }

    @Test
    void nonsenseInAHandshakeIsAsIfAbsent() {
        var nothing =
                new ExtensionHandshake(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false,
                        "");

        assertThat(handshake("de")).isEqualTo(nothing);
        assertThat(handshake("d1:mi5e1:v2:" + hex("ff1b") + "e").client()).isEqualTo("__");
        assertThat(
                        handshake(
                                "d1:md11:ut_metadatai256e6:ut_pexi-1ee13:metadata_sizei33554433e"
                                        + "1:pi65536e4:reqqi0e11:upload_onlyi0ee"))
                .isEqualTo(nothing);
        assertThat(handshake("d1:md11:ut_metadata1:3e13:metadata_sizei0e4:reqqi-5ee"))
                .isEqualTo(nothing);
    }

    @Test
    void theLargestMetadataIsThirtyTwoMebibytes() {
        assertThat(handshake("d13:metadata_sizei33554432ee").metadataSizeBytes())
                .hasValue(32 << 20);
    }

    @Test
    void aLongClientNameIsCutBetweenCharacters() {
        String clef = "\ud834\udd1e";

        var read = handshake("d1:v" + latin(400, clef.repeat(100)) + "e");

        assertThat(read.client()).isEqualTo(clef.repeat(64));
    }

    @Test
    void writesTheHandshakeWithSortedKeys() {
        var ours =
                new ExtensionHandshake(
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        OptionalInt.of(500),
                        OptionalInt.of(31_235),
                        OptionalInt.of(6881),
                        true,
                        "Starling 1");

        byte[] bytes = new WireEncoder().encode(ours);

        assertThat(bytes)
                .isEqualTo(
                        message(
                                HANDSHAKE,
                                "d1:md11:ut_metadatai1e6:ut_pexi2ee13:metadata_sizei31235e"
                                        + "1:pi6881e4:reqqi500e11:upload_onlyi1e1:v10:Starling 1e"));
        assertThat(decode(bytes)).isEqualTo(new WireDecoder.Decoded(ours));
    }

    // BEP 10, numbers

    @Test
    void extensionsAreSilentUntilTheRemoteNamesItsNumbers() {
        var encoder = new WireEncoder();

        assertThat(encoder.encode(new MetadataRequest(0))).isEmpty();
        assertThat(encoder.encode(NOBODY)).isEmpty();

        encoder.remote(handshake("d1:md11:ut_metadatai3eee"));

        assertThat(encoder.encode(new MetadataRequest(0)))
                .isEqualTo(message(3, "d8:msg_typei0e5:piecei0ee"));
        assertThat(encoder.encode(NOBODY)).isEmpty();
    }

    @Test
    void aLaterHandshakeChangesOnlyWhatItNames() {
        var encoder = new WireEncoder();

        encoder.remote(handshake("d1:md11:ut_metadatai3e6:ut_pexi4eee"));
        encoder.remote(handshake("d1:md11:ut_metadatai0eee"));

        assertThat(encoder.encode(new MetadataReject(0))).isEmpty();
        assertThat(encoder.encode(NOBODY)[5]).isEqualTo((byte) 4);
    }

    @Test
    void anExtensionWeNeverNamedIsPassedOver() {
        assertThat(decode(message(77, "whatever")))
                .isEqualTo(new WireDecoder.Decoded(new WireMessage.Unknown(20)));
    }

    // BEP 9

    @Test
    void readsTheMetadataMessagesOfBep9() {
        assertThat(decode(message(METADATA, "d8:msg_typei0e5:piecei0ee")))
                .isEqualTo(new WireDecoder.Decoded(new MetadataRequest(0)));
        assertThat(decode(message(METADATA, "d8:msg_typei2e5:piecei0ee")))
                .isEqualTo(new WireDecoder.Decoded(new MetadataReject(0)));
        assertThat(
                        decode(
                                message(
                                        METADATA,
                                        "d8:msg_typei1e5:piecei0e10:total_sizei34256ee"
                                                + "x".repeat(16_384))))
                .isEqualTo(
                        new WireDecoder.Decoded(
                                new MetadataData(0, 34_256, ByteString.utf8("x".repeat(16_384)))));
    }

    @Test
    void theLastBlockOfMetadataIsShorter() {
        var last = new MetadataData(2, 34_256, ByteString.utf8("x".repeat(34_256 - 2 * 16_384)));
        var encoder = new WireEncoder();
        encoder.remote(handshake("d1:md11:ut_metadatai1eee"));

        assertThat(decode(encoder.encode(last))).isEqualTo(new WireDecoder.Decoded(last));
    }

    @Test
    void metadataOfTheWrongLengthIsMalformed() {
        String header = "d8:msg_typei1e5:piecei%de10:total_sizei%dee";

        assertMalformed(METADATA, header.formatted(0, 34_256) + "x".repeat(16_383));
        assertMalformed(METADATA, header.formatted(0, 34_256) + "x".repeat(16_385));
        assertMalformed(METADATA, header.formatted(2, 34_256));
        assertMalformed(METADATA, header.formatted(3, 34_256) + "x");
        assertMalformed(METADATA, header.formatted(0, 0));
        assertMalformed(METADATA, header.formatted(0, -1) + "x");
        assertMalformed(METADATA, header.formatted(0, 33_554_433) + "x".repeat(16_384));
        assertMalformed(METADATA, "d8:msg_typei1e5:piecei0ee" + "x".repeat(16_384));
    }

    @Test
    void aMetadataMessageOfNoKnownTypeIsPassedOver() {
        assertThat(decode(message(METADATA, "d8:msg_typei3e5:piecei0ee")))
                .isEqualTo(new WireDecoder.Decoded(new WireMessage.Unknown(20)));
    }

    @Test
    void whatNamesNoBlockIsMalformed() {
        assertMalformed(METADATA, "d8:msg_typei0ee");
        assertMalformed(METADATA, "d5:piecei0ee");
        assertMalformed(METADATA, "d8:msg_typei0e5:piecei-1ee");
        assertMalformed(METADATA, "d8:msg_typei0e5:piecei2048ee"); // beyond 32 MiB
        assertMalformed(METADATA, "d8:msg_typei0e5:piecei4294967296ee");
        assertMalformed(METADATA, "le");
        assertMalformed(METADATA, "");
        assertMalformed(HANDSHAKE, "i1e");
        assertMalformed(PEX, "d5:added");
    }

    // BEP 11

    @Test
    void writesBothFamiliesOfPeersWithTheirFlags() {
        var exchange =
                new PeerExchange(
                        List.of(endpoint("198.18.0.1:6881"), endpoint("[2001:db8::1]:80")),
                        List.of(endpoint("198.18.0.2:6882")),
                        Set.of());
        var encoder = new WireEncoder();
        encoder.remote(handshake("d1:md6:ut_pexi2eee"));

        byte[] bytes = encoder.encode(exchange);

        assertThat(bytes)
                .isEqualTo(
                        message(
                                PEX,
                                "d5:added6:"
                                        + hex("c61200011ae1")
                                        + "7:added.f1:"
                                        + hex("00")
                                        + "6:added618:"
                                        + hex("20010db80000000000000000000000010050")
                                        + "8:added6.f1:"
                                        + hex("00")
                                        + "7:dropped6:"
                                        + hex("c61200021ae2")
                                        + "8:dropped60:e"));
        assertThat(decode(bytes)).isEqualTo(new WireDecoder.Decoded(exchange));
    }

    @Test
    void peersThatNothingReachesAreLeftOut() {
        var exchange =
                exchange(
                        hex(
                                "c61200010000" // port 0
                                        + "000000001ae1" // 0.0.0.0
                                        + "e00000011ae1" // multicast
                                        + "c61200011ae1"
                                        + "c61200011ae1" // a second time
                                        + "c61200")); // cut short

        assertThat(exchange.added()).containsExactly(endpoint("198.18.0.1:6881"));
        assertThat(exchange.dropped()).isEmpty();
    }

    @Test
    void onePeerSuppliesTwoHundredAtMost() {
        var flood = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            flood.append("c612%04x1ae1".formatted(i));
        }

        assertThat(exchange(hex(flood.toString())).added())
                .hasSize(200)
                .contains(endpoint("198.18.0.199:6881"));
    }

    @Test
    void seedsAreFlaggedAndTheFlagIsRead() {
        var seed = endpoint("198.18.0.1:6881");
        var seed6 = endpoint("[2001:db8::1]:80");
        var others = List.of(endpoint("198.18.0.9:6881"), seed, seed6);
        var exchange = new PeerExchange(others, List.of(), Set.of(seed, seed6));
        var encoder = new WireEncoder();
        encoder.remote(handshake("d1:md6:ut_pexi2eee"));

        var read = decode(encoder.encode(exchange));

        assertThat(read).isEqualTo(new WireDecoder.Decoded(exchange));
    }

    private static PeerExchange exchange(String added) {
        var decoded = decode(message(PEX, "d5:added" + added.length() + ":" + added + "e"));
        return (PeerExchange) ((WireDecoder.Decoded) decoded).message();
    }

    private static ExtensionHandshake handshake(String payload) {
        var decoded = decode(message(HANDSHAKE, payload));
        return (ExtensionHandshake) ((WireDecoder.Decoded) decoded).message();
    }

    private static void assertMalformed(int number, String payload) {
        assertThat(decode(message(number, payload)))
                .as(payload)
                .isInstanceOf(WireDecoder.Malformed.class);
    }

    private static WireDecoder.Result decode(byte[] message) {
        return new WireDecoder().next(ByteBuffer.wrap(message));
    }

    /// A whole message; each character of the payload is one byte.
    private static byte[] message(int number, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(6 + bytes.length)
                .putInt(2 + bytes.length)
                .put((byte) 20)
                .put((byte) number)
                .put(bytes)
                .array();
    }

    /// A bencoded string of so many bytes in UTF-8, each byte as one character.
    private static String latin(int lengthBytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(utf8).hasSize(lengthBytes);
        return lengthBytes + ":" + new String(utf8, StandardCharsets.ISO_8859_1);
    }

    /// These bytes, each as one character.
    private static String hex(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
