package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who may be a member of a table that is filled at one go: the rules of [Diversity] without a
/// search of the table for each contact. Lives as long as the filling.
final class Admission {

    private final Set<Id> ids = new HashSet<>();
    private final Set<IpAddress> addresses = new HashSet<>();
    private final Set<Neighbourhood> neighbourhoods = new HashSet<>();
    private final Map<IpAddress, Integer> subnets = new HashMap<>();

    /// A subnet in a bucket; buckets that are still one count as several, which is harmless.
    private record Neighbourhood(IpAddress subnet, int sharedBits) {}

    /// Whether `contact`, which shares so many leading bits with us, may come in; it then has.
    boolean admits(Contact contact, int sharedBits) {
        if (!ids.add(contact.id())) {
            return false;
        }
        var address = contact.endpoint().address();
        if (address.isLocal()) {
            return true;
        }
        var subnet = address.subnet();
        return addresses.add(address)
                && neighbourhoods.add(new Neighbourhood(subnet, sharedBits))
                && subnets.merge(subnet, 1, Integer::sum) <= Diversity.MAX_PER_SUBNET;
    }
}
