package dev.starling.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.BlockRange;
import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireReaderProperties {

    private static final int ROUNDS = 200;
    private static final int MESSAGES = 40;
    private static final int LONGEST_READ_BYTES = 60_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @Test
    void messagesDoNotDependOnHowTheStreamIsCut() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var sent = messages(random);
            var collected = new Collected();

            var reader = new WireReader(allocator, new WireDecoder(), collected);
            for (var read : cuts(encode(sent), random)) {
                reader.read(read);
                read.release();
            }
            reader.close();

            assertThat(collected.texts).as("seed %d", seed).isEqualTo(texts(sent));
            assertThat(allocator.metric().usedDirectMemory()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void announcingALongMessageCostsUsNoMemory() {
        var reader = new WireReader(allocator, new WireDecoder(), new Collected());
        var bitfield = ByteBuffer.allocate(5).putInt(200_000).put((byte) 5).array();

        reader.read(Unpooled.wrappedBuffer(bitfield));

        assertThat(allocator.metric().usedDirectMemory()).isLessThanOrEqualTo(32 * 1024);
        reader.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void nothingIsReadBehindAMalformedMessage() {
        var collected = new Collected();
        var reader = new WireReader(allocator, new WireDecoder(), collected);
        var stream = ByteBuffer.allocate(9).putInt(-1).putInt(1).put((byte) 0).array();

        reader.read(Unpooled.wrappedBuffer(stream));
        reader.read(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, 0}));

        assertThat(collected.texts).hasSize(1).first().asString().startsWith("malformed");
    }

    private static List<WireMessage> messages(Random random) {
        var messages = new ArrayList<WireMessage>();
        for (int i = 0; i < MESSAGES; i++) {
            messages.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new WireMessage.Have(random.nextInt(1000));
                        case 1 -> new WireMessage.KeepAlive();
                        case 2 -> new WireMessage.Request(new BlockRange(i, 16_384, 16_384));
                        default -> new WireMessage.Piece(i, 0, block(random));
                    });
        }
        return messages;
    }

    private static ByteBuffer block(Random random) {
        byte[] data = new byte[1 + random.nextInt(BlockRange.BLOCK_BYTES)];
        random.nextBytes(data);
        return ByteBuffer.wrap(data);
    }

    private static byte[] encode(List<WireMessage> messages) {
        var encoder = new WireEncoder();
        var bytes = new ByteArrayOutputStream();
        messages.forEach(message -> bytes.writeBytes(encoder.encode(message)));
        return bytes.toByteArray();
    }

    private List<ByteBuf> cuts(byte[] stream, Random random) {
        var reads = new ArrayList<ByteBuf>();
        int longest = random.nextBoolean() ? 9 : LONGEST_READ_BYTES;
        for (int from = 0; from < stream.length; ) {
            int length = Math.min(1 + random.nextInt(longest), stream.length - from);
            reads.add(allocator.directBuffer(length).writeBytes(stream, from, length));
            from += length;
        }
        return reads;
    }

    private static List<String> texts(List<WireMessage> messages) {
        return messages.stream().map(WireReaderProperties::text).toList();
    }

    private static String text(WireMessage message) {
        return message instanceof WireMessage.Piece(int piece, int offset, ByteBuffer data)
                ? "piece %d %d %d".formatted(piece, offset, data.hashCode())
                : message.toString();
    }

    private static final class Collected implements WireReader.Sink {

        private final List<String> texts = new ArrayList<>();

        @Override
        public boolean message(WireMessage message, ByteBuf buffer) {
            texts.add(text(message));
            return true;
        }

        @Override
        public void malformed(String reason) {
            texts.add("malformed: " + reason);
        }
    }
}
