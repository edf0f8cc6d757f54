package dev.starling.crawler.walk;

import dev.starling.id.IpAddress;
import java.util.random.RandomGenerator;

/// How many nodes of one zone share an address or a neighbourhood (/24, IPv6 /48). Confined to its
/// zone; its memory is fixed.
///
/// Ids are drawn by lot, so of those who share an address a zone has few, unless somebody runs
/// them, or invents them, to be found there (BEP 42 gives that reason). Addresses share counters by
/// a secret hash, of which there are eight times as many as nodes. Local addresses are not counted:
/// a machine full of nodes has one.
final class Crowd {

    /// A company behind one address, in a network of some thousand nodes.
    static final int MAX_OF_ADDRESS = 8;

    static final int MAX_OF_NEIGHBOURHOOD = 32;

    private static final int COUNTERS = 1 << 12;

    private final long salt;
    private final byte[] addresses = new byte[COUNTERS];
    private final byte[] neighbourhoods = new byte[COUNTERS];

    Crowd(RandomGenerator random) {
        salt = random.nextLong();
    }

    /// Counts one more, unless it is one too many.
    boolean admit(IpAddress address) {
        if (address.isLocal()) {
            return true;
        }
        int one = Budget.hash(address, salt) & COUNTERS - 1;
        int all = Budget.hash(Budget.neighbourhood(address), salt) & COUNTERS - 1;
        if (addresses[one] >= MAX_OF_ADDRESS || neighbourhoods[all] >= MAX_OF_NEIGHBOURHOOD) {
            return false;
        }
        addresses[one]++;
        neighbourhoods[all]++;
        return true;
    }
}
