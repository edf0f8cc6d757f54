package dev.starling.krpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcCodec.Undecodable;
import java.nio.ByteBuffer;

/// Runs over the corpus in `KrpcFuzzInputs`; with `JAZZER_FUZZ=1` it goes looking for more.
class KrpcFuzz {

    private final KrpcCodec codec = new KrpcCodec();

    @FuzzTest(maxDuration = "5m")
    void whatIsReadIsWrittenAndReadTheSame(byte[] input) {
        var decoded = codec.decode(ByteBuffer.wrap(input));

        switch (decoded) {
            case Message(var message) ->
                    assertThat(codec.decode(codec.encode(message))).isEqualTo(decoded);
            case Undecodable(_, var reply) ->
                    reply.ifPresent(error ->
                            assertThat(codec.decode(codec.encode(error)))
                                    .isEqualTo(new Message(error)));
        }
    }
}
