package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;

/// Which endpoints make sense between us and another node.
///
/// Who speaks to us over the public Internet cannot know anyone on our local network, so such
/// endpoints are neither believed nor told: they would make us probe, or betray, our neighbours. A
/// neighbour on a private network means private addresses, but never loopback.
final class ContactFilter {

    private ContactFilter() {}

    /// Whether `endpoint` can be meant where `other` is the node that names it or is told it.
    static boolean fits(IpAddress other, Endpoint endpoint) {
        return endpoint.isReachable() && fits(other, endpoint.address());
    }

    /// The same of an address that can be reached.
    static boolean fits(IpAddress other, IpAddress address) {
        if (other.isLoopback()) {
            return true;
        }
        return other.isLocal() ? !address.isLoopback() : address.isGlobal();
    }

    /// The same of a [PackedPeer].
    static boolean fits(IpAddress other, long packedPeer) {
        if (other.isLoopback()) {
            return true;
        }
        return other.isLocal()
                ? !PackedPeer.isLoopback(packedPeer)
                : PackedPeer.isGlobal(packedPeer);
    }
}
