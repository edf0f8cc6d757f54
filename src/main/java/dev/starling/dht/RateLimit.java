package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.random.RandomGenerator;

/// How often a source (an IPv4 address, an IPv6 /64) may have something of us, in bounded memory; a
/// [Ledger] keeps count.
///
/// Local addresses are exempt: a machine full of nodes has one address.
final class RateLimit {

    /// A busy client asks one node a few times a second at most; behind one address may be
    /// hundreds.
    static final int ANSWERS_PER_SECOND = 1_000;

    /// Hundreds of clients that start lookups at once.
    static final int BURST = 2_000;

    /// Announces of one source within the time that a peer is kept. A fiftieth of all that is kept,
    /// so that no address fills the store; a seeder of a hundred thousand torrents announces a few
    /// of them to one node of the public network.
    static final int ANNOUNCES = PeerStore.MAX_PEERS / 50;

    private final SipHash hash;
    private final Ledger ledger;

    private RateLimit(int atOnce, double perSecond, RandomGenerator random) {
        hash = SipHash.random(random);
        ledger = new Ledger(atOnce, perSecond);
    }

    /// Of answers, so that no single source takes all our time. How long answers may be,
    /// [ReflectionGuard] says.
    static RateLimit ofAnswers(RandomGenerator random) {
        return new RateLimit(BURST, ANSWERS_PER_SECOND, random);
    }

    /// Of announces.
    static RateLimit ofAnnounces(RandomGenerator random) {
        double lifetimeSeconds = PeerStore.PEER_LIFETIME_MILLIS / 1e3;
        return new RateLimit(ANNOUNCES, ANNOUNCES / lifetimeSeconds, random);
    }

    /// Grants so much from now on.
    void limit(int perSecond, int atOnce) {
        ledger.limit(atOnce, perSecond);
    }

    /// Takes one from the budget of `source`; false when it is spent.
    boolean take(IpAddress source, long nowNanos) {
        if (source.isLocal()) {
            return true;
        }
        var payer = source.isV4() ? source : source.subnet();
        return ledger.lend(hash.hash(payer.high(), payer.low()), 1, nowNanos);
    }

    int accounts() {
        return ledger.accounts();
    }
}
