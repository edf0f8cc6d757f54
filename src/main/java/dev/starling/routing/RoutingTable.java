package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The contacts one node knows in one address family, in k-buckets around its own id (Kademlia,
/// Maymounkov and Mazieres 2002, section 2.4; BEP 5, "Routing Table").
///
/// One contact per IP address and few per subnet are kept, because one party cheaply owns many
/// ports and neighbouring addresses; local addresses ([dev.starling.id.IpAddress#isLocal()]) are
/// exempt, so that a private network on one machine just works.
public final class RoutingTable {

    /// k, the contacts in one bucket (BEP 5).
    public static final int BUCKET_SIZE = 8;

    public RoutingTable(Id selfId, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    public Id selfId() {
        throw new UnsupportedOperationException();
    }

    /// A contact answered a query of ours: it is good.
    public InsertResult answered(Contact contact, long rttNanos, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// A contact asked us something. It becomes or stays good only if it has ever answered us (BEP
    /// 5); otherwise it is at most a candidate worth a ping.
    public InsertResult queried(Contact contact, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// A query of ours to `endpoint` was not answered.
    public void failed(Contact contact, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// The `count` contacts closest to `target`, closest first, bad ones left out.
    public List<Contact> closest(Id target, int count) {
        throw new UnsupportedOperationException();
    }

    /// Measured round-trip time of a contact, smoothed; empty if it is not in the table.
    public Optional<ContactState> state(Endpoint endpoint) {
        throw new UnsupportedOperationException();
    }

    /// The questionable contact least recently heard of, if one is due for a ping.
    public Optional<Contact> nextToProbe(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// A random id in the bucket longest unchanged, if one is due for a refresh (15 minutes);
    /// looking it up refreshes the bucket.
    public Optional<Id> nextRefreshTarget(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// When [#nextToProbe] or [#nextRefreshTarget] may have something, `Long.MAX_VALUE` for never.
    public long nextDeadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /// Every contact that has answered, for saving; good ones first.
    public List<ContactState> contacts() {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    /// What is known of one contact.
    public record ContactState(
            Contact contact, long rttNanos, long lastAnsweredNanos, int failures, boolean isGood) {}
}
