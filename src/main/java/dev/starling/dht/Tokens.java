package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.IpAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// The tokens we hand out with get_peers and want back with announce_peer, so that nobody announces
/// an address that is not its own (BEP 5, "get_peers").
///
/// A token is a keyed hash of the asker's address. The key changes every five minutes and the one
/// before still counts, so a token is good for five to ten minutes and nothing is stored per asker.
final class Tokens {

    static final Duration ROTATION = Duration.ofMinutes(5);
    static final int LENGTH_BYTES = 8;

    private final RandomGenerator random;
    private SipHash current;
    private SipHash previous;
    private long period;

    Tokens(RandomGenerator random) {
        this.random = random;
        this.current = SipHash.random(random);
        this.previous = SipHash.random(random);
    }

    ByteString issue(IpAddress asker, long nowNanos) {
        return token(issueWord(asker, nowNanos));
    }

    /// A token as one word, its first byte the lowest.
    long issueWord(IpAddress asker, long nowNanos) {
        rotate(nowNanos);
        return word(current, asker);
    }

    /// The other token that counts besides the one issued now.
    long previousWord(IpAddress asker, long nowNanos) {
        rotate(nowNanos);
        return word(previous, asker);
    }

    boolean isValid(ByteString token, IpAddress asker, long nowNanos) {
        rotate(nowNanos);
        return token.equals(token(word(current, asker)))
                || token.equals(token(word(previous, asker)));
    }

    private void rotate(long nowNanos) {
        long now = Math.floorDiv(nowNanos, ROTATION.toNanos());
        if (now == period) {
            return;
        }
        previous = now == period + 1 ? current : SipHash.random(random);
        current = SipHash.random(random);
        period = now;
    }

    private static long word(SipHash key, IpAddress address) {
        return key.hash(address.high(), address.low());
    }

    private static ByteString token(long word) {
        byte[] bytes = new byte[LENGTH_BYTES];
        for (int i = 0; i < LENGTH_BYTES; i++) {
            bytes[i] = (byte) (word >>> (8 * i));
        }
        return ByteString.of(bytes);
    }
}
