package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Contacts and times for tests of the table.
final class Neighbours {

    static final Id SELF = Id.ZERO;
    static final long RTT = TimeUnit.MILLISECONDS.toNanos(100);
    static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int PUBLIC_NETWORK = 11 << 24;

    private Neighbours() {}

    /// An empty table whose buckets all hold k.
    static RoutingTable table() {
        return new RoutingTable(SELF, RoutingTable.BUCKET_SIZE, new SplittableRandom(1));
    }

    /// Contact `number`, of the far half of the keyspace, in a subnet of its own.
    static Contact far(int number) {
        return contact(SELF.flipped(0), number);
    }

    /// Contact `number`, which shares exactly `bits` bits with us, in a subnet of its own.
    static Contact sharing(int bits, int number) {
        return contact(SELF.flipped(bits), number);
    }

    static Contact at(String endpoint, Id id) {
        return new Contact(id, Endpoint.parse(endpoint).orElseThrow());
    }

    /// A table whose bucket 0 is full of far contacts 0 to 7 and cannot split.
    static RoutingTable tableWithFullFarBucket() {
        var table = table();
        for (int i = 0; i < RoutingTable.BUCKET_SIZE; i++) {
            table.answered(far(i), RTT, 0);
        }
        table.answered(sharing(1, 100), RTT, 0);
        return table;
    }

    private static Contact contact(Id prefix, int number) {
        var id = new Id(prefix.high(), prefix.middle(), prefix.low() | number + 1);
        var address = IpAddress.v4(PUBLIC_NETWORK + (number << 8) + 1);
        return new Contact(id, new Endpoint(address, 6881));
    }
}
