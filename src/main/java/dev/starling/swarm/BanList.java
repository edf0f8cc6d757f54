package dev.starling.swarm;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/// Whom we do not deal with again.
///
/// On the public Internet a whole address is banned, since a liar changes its port at will. On a
/// private network or one machine, where many honest peers share an address, the endpoint and the
/// peer id are.
final class BanList {

    /// Bans kept of each kind; beyond, the oldest is forgiven.
    static final int MAX_BANS = 4_096;

    private final Set<IpAddress> addresses = new LinkedHashSet<>();
    private final Set<Endpoint> endpoints = new LinkedHashSet<>();
    private final Set<Id> peerIds = new LinkedHashSet<>();
    private int count;

    void add(PeerSession session) {
        if (contains(session)) {
            return;
        }
        count++;
        var address = session.endpoint.address();
        if (address.isGlobal()) {
            add(addresses, address);
        } else {
            add(endpoints, session.endpoint);
            add(endpoints, session.listenEndpoint());
            add(peerIds, session.peerId);
        }
    }

    /// Keeps away from an endpoint that has done nothing wrong: our own.
    void avoid(Endpoint endpoint) {
        add(endpoints, endpoint);
    }

    boolean contains(PeerSession session) {
        return contains(session.endpoint)
                || contains(session.listenEndpoint())
                || peerIds.contains(session.peerId);
    }

    boolean contains(Endpoint endpoint) {
        return addresses.contains(endpoint.address()) || endpoints.contains(endpoint);
    }

    /// How many peers have been banned in all.
    int count() {
        return count;
    }

    private static <T> void add(Set<T> bans, T banned) {
        if (bans.size() >= MAX_BANS) {
            Iterator<T> eldest = bans.iterator();
            eldest.next();
            eldest.remove();
        }
        bans.add(banned);
    }
}
