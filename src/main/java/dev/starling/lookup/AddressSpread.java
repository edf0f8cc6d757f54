package dev.starling.lookup;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The addresses a lookup has asked: each global address once and few of one subnet, whatever ids
/// they are named under. Local addresses are told apart by their port as well. Bounded by the
/// lookup's queries.
final class AddressSpread {

    /// Contacts asked in one subnet: whoever owns a /24 gets at most a quarter of the k closest.
    static final int MAX_PER_SUBNET = 2;

    private final Set<Endpoint> endpoints = new HashSet<>();
    private final Set<IpAddress> addresses = new HashSet<>();
    private final Map<IpAddress, Integer> subnets = new HashMap<>();

    boolean admits(Endpoint endpoint) {
        var address = endpoint.address();
        if (address.isLocal()) {
            return !endpoints.contains(endpoint);
        }
        return !addresses.contains(address)
                && subnets.getOrDefault(address.subnet(), 0) < MAX_PER_SUBNET;
    }

    void add(Endpoint endpoint) {
        endpoints.add(endpoint);
        addresses.add(endpoint.address());
        subnets.merge(endpoint.address().subnet(), 1, Integer::sum);
    }
}
