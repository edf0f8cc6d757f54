package dev.starling.krpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcCodec.Undecodable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KrpcCodecProperties {

    // What datagrams are made of; mutations with these go deeper than random bytes do.
    private static final byte[] GRAMMAR = KrpcSamples.latin("deil0123456789:aqrtyn-");

    @Test
    void whatIsWrittenReadsAsItWas() {
        var codec = new KrpcCodec();
        Seeded.forSeeds(
                20_000,
                random -> {
                    var message = KrpcSamples.random(random);

                    var decoded = codec.decode(codec.encode(message));

                    assertThat(decoded).isEqualTo(new Message(message));
                });
    }

    @Test
    void everyTruncationIsSilence() {
        var codec = new KrpcCodec();
        Seeded.forSeeds(
                300,
                random -> {
                    byte[] whole = encode(codec, KrpcSamples.random(random));

                    for (int length = 0; length < whole.length; length++) {
                        var decoded = codec.decode(ByteBuffer.wrap(whole, 0, length));
                        assertThat(decoded)
                                .isInstanceOfSatisfying(
                                        Undecodable.class,
                                        undecodable -> assertThat(undecodable.reply()).isEmpty());
                    }
                });
    }

    /// Whatever is read can be written, and reads the same again.
    @Test
    void mutatedDatagramsNeverThrow() {
        var codec = new KrpcCodec();
        Seeded.forSeeds(
                10_000,
                random -> {
                    byte[] whole = encode(codec, KrpcSamples.random(random));
                    for (int round = 0; round < 10; round++) {
                        var decoded = codec.decode(ByteBuffer.wrap(mutate(whole, random)));
                        switch (decoded) {
                            case Message(var message) ->
                                    assertThat(codec.decode(codec.encode(message)))
                                            .isEqualTo(decoded);
                            case Undecodable(_, var reply) ->
                                    reply.ifPresent(error ->
                                            assertThat(codec.decode(codec.encode(error)))
                                                    .isEqualTo(new Message(error)));
                        }
                    }
                });
    }

    private static byte[] mutate(byte[] original, RandomGenerator random) {
        byte[] bytes = original.clone();
        for (int edits = random.nextInt(1, 5); edits > 0; edits--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = GRAMMAR[random.nextInt(GRAMMAR.length)];
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    int length = random.nextInt(bytes.length - at);
                    int to = random.nextInt(bytes.length - length);
                    System.arraycopy(bytes.clone(), at, bytes, to, length);
                }
            }
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static byte[] encode(KrpcCodec codec, KrpcMessage message) {
        var encoded = codec.encode(message);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
