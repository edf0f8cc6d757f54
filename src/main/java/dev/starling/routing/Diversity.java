package dev.starling.routing;

import dev.starling.id.Contact;
import java.util.Optional;

/// How a table keeps one party from filling it: one contact per IP address, one per subnet in a
/// bucket and few per subnet in all. Local addresses are exempt.
final class Diversity {

    /// Contacts of one subnet in the whole table: enough for a university's network, and no more
    /// than a fiftieth of the table of a node in a large network.
    static final int MAX_PER_SUBNET = 3;

    private Diversity() {}

    /// Why `contact` must not enter `home`, its bucket; empty when it may. Contacts that have never
    /// answered hold no place against one that has (`verified`).
    static Optional<String> objection(
            Buckets buckets, Bucket home, Contact contact, boolean verified) {
        var address = contact.endpoint().address();
        if (address.isLocal()) {
            return Optional.empty();
        }
        var subnet = address.subnet();
        int inSubnet = 0;
        for (int b = 0; b < buckets.count(); b++) {
            var bucket = buckets.at(b);
            for (int i = 0; i < bucket.count(); i++) {
                var other = bucket.at(i).contact().endpoint().address();
                if ((verified && !bucket.at(i).isVerified()) || !other.subnet().equals(subnet)) {
                    continue;
                }
                if (other.equals(address)) {
                    return Optional.of("another contact of this address is known");
                }
                if (bucket == home) {
                    return Optional.of("another contact of this subnet is in its bucket");
                }
                inSubnet++;
            }
        }
        return inSubnet < MAX_PER_SUBNET
                ? Optional.empty()
                : Optional.of(inSubnet + " contacts of its subnet are known");
    }
}
