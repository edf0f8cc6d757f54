package dev.starling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoReader;
import dev.starling.wire.WireMessage.ExtensionHandshake;
import dev.starling.wire.WireMessage.MetadataData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// All that real seeders of one torrent of 100,000 bytes sent to a peer that asked for the metadata
/// and two blocks: libtorrent 2.0.8, Transmission 3.00 and aria2 1.36.0.
class RecordedStreamTest {

    private static final Id INFO_HASH =
            Id.parseHex("b52490aefc204c6d7de858f35edd38f2197551f1").orElseThrow();

    private record Recording(Handshake handshake, List<WireMessage> messages) {

        private <T extends WireMessage> List<T> all(Class<T> kind) {
            return messages.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorrent", "transmission", "aria2"})
    void everyByteIsUnderstood(String client) {
        var recording = read(client);

        assertThat(recording.handshake().infoHash()).isEqualTo(INFO_HASH);
        assertThat(recording.handshake().features().fast()).isTrue();
        assertThat(recording.handshake().features().extensions()).isTrue();
        assertThat(recording.messages())
                .contains(new WireMessage.HaveAll(), new WireMessage.Unchoke())
                .noneMatch(WireMessage.Unknown.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "libtorrent, 2, 1, 2000, libtorrent/2.0.8.0",
        "transmission, 3, 1, 512, Transmission 3.00",
        "aria2, 9, 8, , aria2/1.36.0"
    })
    void theExtensionHandshakeSaysWhoItIs(
            String client, int metadata, int pex, Integer reqq, String name) {
        var handshake = read(client).all(ExtensionHandshake.class).get(0);

        assertThat(handshake.metadataNumber()).hasValue(metadata);
        assertThat(handshake.pexNumber()).hasValue(pex);
        assertThat(handshake.metadataSizeBytes()).hasValue(162);
        assertThat(handshake.reqq().stream().boxed().toList())
                .isEqualTo(reqq == null ? List.of() : List.of(reqq));
        assertThat(handshake.client()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorrent", "transmission", "aria2"})
    void theMetadataIsTheTorrents(String client) {
        var data = read(client).all(MetadataData.class).get(0);

        assertThat(InfoReader.read(data.data().toBytes(), INFO_HASH))
                .isInstanceOf(InfoReader.Loaded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorrent", "transmission"})
    void aBlockBeyondTheMetadataIsRejected(String client) {
        assertThat(read(client).messages()).contains(new WireMessage.MetadataReject(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"libtorrent", "transmission", "aria2"})
    void bothBlocksCome(String client) {
        var pieces = read(client).all(WireMessage.Piece.class);

        assertThat(pieces)
                .extracting(piece -> List.of(piece.pieceIndex(), piece.offsetBytes()))
                .containsExactly(List.of(0, 0), List.of(3, 1_024));
        assertThat(pieces).extracting(piece -> piece.data().remaining()).containsExactly(64, 100);
    }

    private static Recording read(String client) {
        var in = ByteBuffer.wrap(bytes(client));
        var handshake = ((Handshake.Read) Handshake.read(in)).handshake();
        var messages = new ArrayList<WireMessage>();
        var decoder = new WireDecoder();
        while (in.hasRemaining()) {
            messages.add(((WireDecoder.Decoded) decoder.next(in)).message());
        }
        return new Recording(handshake, messages);
    }

    private static byte[] bytes(String client) {
        try (var in = RecordedStreamTest.class.getResourceAsStream(client + ".stream")) {
            assertThat(in).as(client).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
