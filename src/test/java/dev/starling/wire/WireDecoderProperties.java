package dev.starling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.id.Id;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WireDecoderProperties {

    @Test
    void howeverAStreamIsCutItsMessagesAreTheSame() {
        Seeded.forSeeds(
                2_000,
                random -> {
                    var sent = WireSamples.random(random, 1 + random.nextInt(20));
                    byte[] stream = encode(sent);

                    var received = new ArrayList<WireMessage>();
                    var decoder = new WireDecoder();
                    int consumed = 0;
                    for (int arrived = 0; arrived < stream.length; ) {
                        arrived += 1 + random.nextInt(Math.min(600, stream.length - arrived));
                        var in = ByteBuffer.wrap(stream, consumed, arrived - consumed);
                        while (decoder.next(in) instanceof WireDecoder.Decoded(var message)) {
                            received.add(message);
                        }
                        consumed = in.position();
                    }

                    assertThat(received).isEqualTo(sent);
                });
    }

    /// What `Incomplete` asks for never reaches beyond the message it is asked for.
    @Test
    void noMoreIsAskedForThanTheMessageHas() {
        Seeded.forSeeds(
                1_000,
                random -> {
                    byte[] message = WireSamples.encoder().encode(WireSamples.random(random));
                    int arrived = random.nextInt(message.length);

                    var result = new WireDecoder().next(ByteBuffer.wrap(message, 0, arrived));

                    assertThat(result)
                            .isInstanceOfSatisfying(
                                    WireDecoder.Incomplete.class,
                                    incomplete ->
                                            assertThat(incomplete.missingBytes())
                                                    .isBetween(1, message.length - arrived));
                });
    }

    @Test
    void mutatedStreamsNeverThrowAndNeverReadBeyondWhatArrived() {
        var decoder = new WireDecoder();
        Seeded.forSeeds(
                10_000,
                random -> {
                    byte[] stream = encode(WireSamples.random(random, 1 + random.nextInt(3)));
                    for (int round = 0; round < 10; round++) {
                        mutate(stream, random);
                        int limit = random.nextInt(stream.length + 1);
                        var in = ByteBuffer.wrap(stream, 0, limit);

                        readAll(decoder, in);

                        assertThat(in.limit()).isEqualTo(limit);
                        assertThat(in.position()).isLessThanOrEqualTo(limit);
                    }
                });
    }

    @Test
    void mutatedHandshakesNeverThrow() {
        Seeded.forSeeds(
                10_000,
                random -> {
                    var whole =
                            new Handshake(
                                    Id.random(random), Id.random(random), Handshake.Features.OURS);
                    byte[] bytes = Arrays.copyOf(whole.toBytes(), random.nextInt(100));
                    if (bytes.length > 0 && random.nextBoolean()) {
                        mutate(bytes, random);
                    }

                    var read = Handshake.read(ByteBuffer.wrap(bytes));

                    if (read instanceof Handshake.Incomplete) {
                        assertThat(bytes.length).isLessThan(Handshake.LENGTH_BYTES);
                    }
                });
    }

    private static void readAll(WireDecoder decoder, ByteBuffer in) {
        int before = in.position();
        while (decoder.next(in) instanceof WireDecoder.Decoded(var message)) {
            assertThat(in.position()).isGreaterThan(before);
            before = in.position();
            if (message instanceof WireMessage.Piece piece) {
                assertThat(piece.data().remaining()).isPositive();
            }
        }
        assertThat(in.position()).isEqualTo(before);
    }

    private static void mutate(byte[] stream, RandomGenerator random) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(stream.length);
            switch (random.nextInt(3)) {
                case 0 -> stream[at] = (byte) random.nextInt(256);
                case 1 -> stream[at] ^= (byte) (1 << random.nextInt(8));
                default -> stream[at] = (byte) "deil0123456789:-".charAt(random.nextInt(16));
            }
        }
    }

    private static byte[] encode(List<WireMessage> messages) {
        var encoder = WireSamples.encoder();
        var stream = new ByteArrayOutputStream();
        messages.forEach(message -> stream.writeBytes(encoder.encode(message)));
        return stream.toByteArray();
    }
}
