package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.routing.Hearsay;
import dev.starling.routing.Nearest;
import dev.starling.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Our id and the contacts around it, one table per address family (BEP 32).
final class ContactTables {

    private final RandomGenerator random;
    private final int widestBucketSize;
    private final boolean hasV4;
    private final boolean hasV6;
    private Id selfId;

    /// Of the families we speak.
    private @Nullable RoutingTable v4;

    private @Nullable RoutingTable v6;
    private final Hearsay hearsayV4 = new Hearsay();
    private final Hearsay hearsayV6 = new Hearsay();
    private final ContactRing ring;

    ContactTables(DhtNode.Settings settings, int widestBucketSize, RandomGenerator random) {
        this.random = random;
        this.widestBucketSize = widestBucketSize;
        this.hasV4 = settings.v4();
        this.hasV6 = settings.v6();
        this.selfId = settings.id();
        this.ring = ContactRing.of(settings.ringContacts());
        this.v4 = hasV4 ? emptyTable() : null;
        this.v6 = hasV6 ? emptyTable() : null;
    }

    Id selfId() {
        return selfId;
    }

    /// Whether we speak the family of `endpoint`.
    boolean speaks(Endpoint endpoint) {
        return endpoint.isV4() ? hasV4 : hasV6;
    }

    boolean speaksV4() {
        return hasV4;
    }

    boolean speaksV6() {
        return hasV6;
    }

    boolean speaksBoth() {
        return hasV4 && hasV6;
    }

    RoutingTable of(Endpoint endpoint) {
        return endpoint.isV4() ? v4() : v6();
    }

    RoutingTable v4() {
        if (v4 == null) {
            throw new IllegalStateException("no socket speaks IPv4");
        }
        return v4;
    }

    RoutingTable v6() {
        if (v6 == null) {
            throw new IllegalStateException("no socket speaks IPv6");
        }
        return v6;
    }

    /// Contacts beyond the tables.
    ContactRing ring() {
        return ring;
    }

    /// Fills both with the contacts to tell whoever asks for `target`, of the families we speak.
    void tell(Id target, Nearest nearestV4, Nearest nearestV6) {
        nearestV4.begin(target);
        nearestV6.begin(target);
        if (hasV4) {
            v4().closest(target, nearestV4);
            ring.tell(target, nearestV4);
        }
        if (hasV6) {
            v6().closest(target, nearestV6);
        }
    }

    /// What others have named.
    Hearsay hearsay(Endpoint endpoint) {
        return endpoint.isV4() ? hearsayV4 : hearsayV6;
    }

    /// What others have named in the families we speak.
    List<Hearsay> hearsay() {
        return hasV4 && hasV6
                ? List.of(hearsayV4, hearsayV6)
                : List.of(hasV4 ? hearsayV4 : hearsayV6);
    }

    /// The tables of the families we speak.
    List<RoutingTable> all() {
        var tables = new ArrayList<RoutingTable>(2);
        if (v4 != null) {
            tables.add(v4);
        }
        if (v6 != null) {
            tables.add(v6);
        }
        return tables;
    }

    /// The `count` closest of each family we speak.
    List<Contact> closest(Id target, int count) {
        var contacts = new ArrayList<Contact>(2 * count);
        for (var table : all()) {
            contacts.addAll(table.closest(target, count));
        }
        return contacts;
    }

    List<RoutingTable.ContactState> contacts() {
        var contacts = new ArrayList<RoutingTable.ContactState>(size());
        for (var table : all()) {
            contacts.addAll(table.contacts());
        }
        return contacts;
    }

    List<DhtStats.Table> fill(long nowNanos) {
        var fill = new ArrayList<DhtStats.Table>(2);
        if (v4 != null) {
            fill.add(new DhtStats.Table(true, v4.fill(nowNanos)));
        }
        if (v6 != null) {
            fill.add(new DhtStats.Table(false, v6.fill(nowNanos)));
        }
        return fill;
    }

    int size() {
        int size = 0;
        for (var table : all()) {
            size += table.size();
        }
        return size;
    }

    /// Fills the tables, which are empty, with contacts that have answered before.
    void restore(List<RoutingTable.ContactState> states) {
        if (v4 != null) {
            v4.restore(states.stream().filter(state -> isOf(state, true)).toList());
        }
        if (v6 != null) {
            v6.restore(states.stream().filter(state -> isOf(state, false)).toList());
        }
    }

    /// Takes another id: the contacts are sorted anew around it.
    void become(Id id) {
        selfId = id;
        v4 = v4 == null ? null : resorted(v4);
        v6 = v6 == null ? null : resorted(v6);
    }

    private RoutingTable resorted(RoutingTable old) {
        var table = emptyTable();
        table.restore(old.contacts());
        return table;
    }

    private RoutingTable emptyTable() {
        return new RoutingTable(selfId, widestBucketSize, random);
    }

    private boolean isOf(RoutingTable.ContactState state, boolean v4Family) {
        var endpoint = state.contact().endpoint();
        return endpoint.isV4() == v4Family;
    }
}
