package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What we write is what any node reads.
class QueryWriterTest {

    private static final int TRANSACTION = 0x01020304;

    private final QueryWriter writer = new QueryWriter();
    private final Id self = Id.random(new Random(1));
    private final Id target = Id.random(new Random(2));

    @Test
    void theFourQueriesAreThoseOfBep5() {
        assertThat(read(writer.ping(self, TRANSACTION))).isInstanceOf(KrpcQuery.Ping.class);
        assertThat(read(writer.findNode(self, target, TRANSACTION)))
                .isInstanceOfSatisfying(
                        KrpcQuery.FindNode.class,
                        find -> assertThat(find.target()).isEqualTo(target));
        assertThat(read(writer.getPeers(self, target, TRANSACTION)))
                .isInstanceOfSatisfying(
                        KrpcQuery.GetPeers.class,
                        get -> {
                            assertThat(get.infoHash()).isEqualTo(target);
                            assertThat(get.header().sender()).isEqualTo(self);
                            assertThat(get.header().transaction())
                                    .isEqualTo(ByteString.of(new byte[] {1, 2, 3, 4}));
                        });
    }

    @Test
    void tokensOfEveryLengthComeBackWhole() {
        for (int length = 1; length <= KrpcCodec.MAX_TOKEN_BYTES; length++) {
            byte[] token = new byte[length];
            new Random(length).nextBytes(token);

            var read = read(writer.announcePeer(self, target, token, TRANSACTION));

            assertThat(read)
                    .isInstanceOfSatisfying(
                            KrpcQuery.AnnouncePeer.class,
                            announce -> {
                                assertThat(announce.token()).isEqualTo(ByteString.of(token));
                                assertThat(announce.impliedPort()).isTrue();
                            });
        }
    }

    @Test
    void ourAnswerIsOne() {
        byte[] transaction = {9, 8, 7};

        var read = read(writer.answer(self, transaction, 0, transaction.length));

        assertThat(read)
                .isInstanceOfSatisfying(
                        KrpcResponse.class,
                        response -> {
                            assertThat(response.sender()).isEqualTo(self);
                            assertThat(response.transaction())
                                    .isEqualTo(ByteString.of(transaction));
                        });
    }

    private static KrpcMessage read(ByteBuffer datagram) {
        return ((KrpcCodec.Message) new KrpcCodec().decode(datagram)).message();
    }
}
