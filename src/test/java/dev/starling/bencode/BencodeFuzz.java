package dev.starling.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Malformed;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.Bencode.Parsed;

/// Runs over the corpus in `BencodeFuzzInputs`; with `JAZZER_FUZZ=1` it goes looking for more.
class BencodeFuzz {

    @FuzzTest(maxDuration = "5m")
    void whatIsReadStrictlyIsWrittenTheSame(byte[] input) {
        switch (Bencode.read(input, Limits.DATAGRAM, Mode.STRICT)) {
            case Parsed(var value, _) -> {
                var writer = new BencodeWriter();
                NaiveBencode.write(NaiveBencode.of(value), writer);
                assertThat(writer.toBytes()).isEqualTo(input);
            }
            case Malformed(_, int offset) -> assertThat(offset).isBetween(0, input.length);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void whatIsReadLenientlyIsWhatTheModelReads(byte[] input) {
        switch (Bencode.read(input, Limits.DATAGRAM, Mode.LENIENT)) {
            case Parsed(var value, int length) -> {
                assertThat(length).isBetween(1, input.length);
                assertThat(NaiveBencode.parse(input, Mode.LENIENT))
                        .contains(NaiveBencode.of(value));
            }
            case Malformed(_, int offset) -> assertThat(offset).isBetween(0, input.length);
        }
    }
}
