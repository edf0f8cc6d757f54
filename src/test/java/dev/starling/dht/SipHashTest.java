package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {

    /// The authors' vector for the message 00 01 .. 0f under the key 00 01 .. 0f.
    @Test
    void theAuthorsVectorIsMet() {
        var hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

        long digest = hash.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

        assertThat(digest).isEqualTo(0x3f2acc7f57c29bdbL);
    }
}
