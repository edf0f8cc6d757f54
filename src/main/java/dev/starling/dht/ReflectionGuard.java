package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.random.RandomGenerator;

/// Keeps us from being a reflector: whoever forges a victim's address as its own cannot make us
/// send the victim more than twice the bytes it sends us, beyond a small allowance.
///
/// An answer at most [#FREE_FACTOR] times as long as its query always goes. What is longer is lent
/// to the asker's address and, on the Internet, to its neighbourhood (/24, IPv6 /64) too. When
/// either owes too much the answer has to be a short one. Nobody is silenced by this, so of a
/// thousand clients behind one address each is still helped on.
///
/// Verified sources really are where they say: they returned a token lately, or answered a query of
/// ours. They get full answers up to a rate that no honest crowd reaches.
final class ReflectionGuard {

    /// Bytes out for one byte in that need no allowance.
    static final int FREE_FACTOR = 2;

    /// Of an address on the Internet: a dozen full answers, as many as a client's start takes.
    static final int ADDRESS_ALLOWANCE_BYTES = 4 << 10;

    /// Of a local address: a machine full of nodes has one address.
    static final int LOCAL_ALLOWANCE_BYTES = 64 << 10;

    /// Of a neighbourhood: eight clients starting at once.
    static final int PREFIX_ALLOWANCE_BYTES = 32 << 10;

    /// Of a verified address: three thousand full answers at once.
    static final int VERIFIED_ALLOWANCE_BYTES = 1 << 20;

    /// A thousand full answers a second; what fills a tenth of a slow link.
    private static final double VERIFIED_BYTES_PER_SECOND = 350_000;

    /// An allowance comes back within ten minutes.
    private static final double RETURN_SECONDS = 600;

    private final SipHash hash;
    private final VerifiedSources verified;
    private final Ledger addresses = slow(ADDRESS_ALLOWANCE_BYTES);
    private final Ledger localAddresses = slow(LOCAL_ALLOWANCE_BYTES);
    private final Ledger prefixes = slow(PREFIX_ALLOWANCE_BYTES);
    private final Ledger verifiedAddresses =
            new Ledger(VERIFIED_ALLOWANCE_BYTES, VERIFIED_BYTES_PER_SECOND);

    ReflectionGuard(RandomGenerator random) {
        hash = SipHash.random(random);
        verified = new VerifiedSources();
    }

    private static Ledger slow(int allowanceBytes) {
        return new Ledger(allowanceBytes, allowanceBytes / RETURN_SECONDS);
    }

    /// The source returned a token that only it could have been given.
    void verified(IpAddress source, long nowNanos) {
        verified.add(hash(source), nowNanos);
    }

    /// Whether the source has returned a token lately.
    boolean isVerified(IpAddress source, long nowNanos) {
        return verified.contains(hash(source), nowNanos);
    }

    /// Whether an answer of this length may go; if so it is accounted for.
    ///
    /// @param isContact whether the source has answered a query of ours
    /// @param excess as of [#excess]
    boolean mayAnswer(IpAddress source, boolean isContact, int excess, long nowNanos) {
        if (excess <= 0) {
            return true;
        }
        long address = hash(source);
        if (isContact || verified.contains(address, nowNanos)) {
            return verifiedAddresses.lend(address, excess, nowNanos);
        }
        if (source.isLocal()) {
            return localAddresses.lend(address, excess, nowNanos);
        }
        return addresses.lend(address, excess, nowNanos)
                && prefixes.lend(hash(source.subnet()), excess, nowNanos);
    }

    /// The bytes by which an answer is longer than goes without an allowance; headers do not count.
    static int excess(int queryBytes, int answerBytes) {
        return answerBytes - FREE_FACTOR * queryBytes;
    }

    private long hash(IpAddress source) {
        return hash.hash(source.high(), source.low());
    }
}
