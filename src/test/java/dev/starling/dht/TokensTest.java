package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.IpAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final IpAddress ASKER = IpAddress.v4(0x01020304);
    private static final IpAddress OTHER = IpAddress.v4(0x01020305);
    private static final long ROTATION = Tokens.ROTATION.toNanos();

    private final Tokens tokens = new Tokens(new SplittableRandom(1));

    @Test
    void aTokenIsGoodForItsAddressOnly() {
        var token = tokens.issue(ASKER, 0);

        assertThat(tokens.isValid(token, ASKER, 1)).isTrue();
        assertThat(tokens.isValid(token, OTHER, 1)).isFalse();
        assertThat(tokens.isValid(ByteString.EMPTY, ASKER, 1)).isFalse();
    }

    @Test
    void aTokenOutlivesOneRotationAndNotTwo() {
        var token = tokens.issue(ASKER, ROTATION - 1);

        assertThat(tokens.isValid(token, ASKER, 2 * ROTATION - 1)).isTrue();
        assertThat(tokens.isValid(token, ASKER, 2 * ROTATION)).isFalse();
    }

    @Test
    void aTokenDiesInALongSilenceEvenIfNobodyAskedMeanwhile() {
        var token = tokens.issue(ASKER, 0);

        assertThat(tokens.isValid(token, ASKER, 10 * ROTATION)).isFalse();
    }

    @Test
    void twoNodesGiveDifferentTokens() {
        var others = new Tokens(new SplittableRandom(2));

        assertThat(others.issue(ASKER, 0)).isNotEqualTo(tokens.issue(ASKER, 0));
    }

    @Test
    void timeBeforeTheOriginIsTimeToo() {
        var token = tokens.issue(ASKER, -ROTATION - 1);

        assertThat(tokens.isValid(token, ASKER, -1)).isTrue();
        assertThat(tokens.isValid(token, ASKER, 0)).isFalse();
    }
}
