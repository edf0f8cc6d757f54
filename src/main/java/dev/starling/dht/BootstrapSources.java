package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whom a bootstrap may turn to: contacts remembered from earlier runs and bootstrap nodes, of whom
/// we know the endpoint only. Bounded, whatever we are given.
final class BootstrapSources {

    /// Contacts remembered from earlier runs that are tried.
    static final int MAX_SAVED = 400;

    /// Bootstrap nodes asked; a name resolves to a few addresses.
    static final int MAX_ROUTERS = 64;

    private final ContactTables tables;
    private final Set<Contact> saved = new LinkedHashSet<>();
    private final Set<Endpoint> routers = new LinkedHashSet<>();

    BootstrapSources(ContactTables tables) {
        this.tables = tables;
    }

    /// Adds those that we can send to; gives the bootstrap nodes that were not there yet.
    List<Endpoint> add(DhtInput.Bootstrap input) {
        var fresh = new ArrayList<Endpoint>();
        for (var contact : input.saved()) {
            if (saved.size() < MAX_SAVED && isUsable(contact.endpoint())) {
                saved.add(contact);
            }
        }
        for (var router : input.routers()) {
            if (routers.size() < MAX_ROUTERS && isUsable(router) && routers.add(router)) {
                fresh.add(router);
            }
        }
        return fresh;
    }

    List<Contact> saved() {
        return new ArrayList<>(saved);
    }

    List<Endpoint> routers() {
        return List.copyOf(routers);
    }

    int count() {
        return saved.size() + routers.size();
    }

    private boolean isUsable(Endpoint endpoint) {
        return endpoint.isReachable() && tables.speaks(endpoint);
    }
}
