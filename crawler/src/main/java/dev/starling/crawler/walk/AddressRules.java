package dev.starling.crawler.walk;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom a crawl may send anything to: nobody who asked to be left alone, and only addresses that
/// mean something on the network it crawls.
///
/// On the Internet whatever names a private, reserved or documentary address is wrong or wants us
/// to scan someone's network, which hosters take for an attack. Immutable.
///
/// @param global whether the Internet is crawled
/// @param local whether private networks and this machine are
/// @param avoided prefixes never contacted
public record AddressRules(boolean global, boolean local, List<Prefix> avoided) {

    /// A range of addresses: those that share the first bits.
    public record Prefix(IpAddress address, int bits) {

        /// Parses `192.0.2.0/24`, `2001:db8::/32` or a single address; empty for anything else.
        public static Optional<Prefix> parse(String text) {
            int slash = text.indexOf('/');
            var address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            if (address.isEmpty()) {
                return Optional.empty();
            }
            int width = 8 * address.get().lengthBytes();
            int bits = slash < 0 ? width : number(text.substring(slash + 1));
            return bits < 0 || bits > width
                    ? Optional.empty()
                    : Optional.of(new Prefix(address.get(), bits));
        }

        private static int number(String digits) {
            return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
        }

        boolean contains(IpAddress other) {
            if (other.isV4() != address.isV4()) {
                return false;
            }
            int ignored = (address.isV4() ? Integer.SIZE : 2 * Long.SIZE) - bits;
            if (ignored >= Long.SIZE) {
                int high = ignored - Long.SIZE;
                return high == Long.SIZE || (other.high() ^ address.high()) >>> high == 0;
            }
            return other.high() == address.high() && (other.low() ^ address.low()) >>> ignored == 0;
        }
    }

    /// Special purposes, of the registries of RFC 6890, beyond what [IpAddress] knows.
    private static final List<Prefix> RESERVED = new ArrayList<>();

    static {
        for (var text :
                List.of(
                        "192.0.0.0/24",
                        "192.0.2.0/24",
                        "192.88.99.0/24",
                        "198.51.100.0/24",
                        "203.0.113.0/24",
                        "2001::/23",
                        "2001:db8::/32",
                        "2002::/16",
                        "3fff::/20")) {
            RESERVED.add(Prefix.parse(text).orElseThrow());
        }
    }

    /// All of the IPv6 Internet; what lies outside has not been given to anyone.
    private static final Prefix GLOBAL_V6 = Prefix.parse("2000::/3").orElseThrow();

    public AddressRules {
        avoided = List.copyOf(avoided);
    }

    public boolean allow(Endpoint endpoint) {
        var address = endpoint.address();
        if (!endpoint.isReachable()) {
            return false;
        }
        boolean isOfNetwork = address.isLocal() ? local : global && isPublic(address);
        return isOfNetwork && avoided.stream().noneMatch(prefix -> prefix.contains(address));
    }

    private static boolean isPublic(IpAddress address) {
        return (address.isV4() || GLOBAL_V6.contains(address))
                && RESERVED.stream().noneMatch(prefix -> prefix.contains(address));
    }
}
