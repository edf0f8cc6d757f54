package dev.starling.crawler.state;

import dev.starling.crawler.walk.NodeRow;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Rows as bytes. A key begins with the id, so that a zone is a range of keys.
final class Rows {

    private static final int NODE_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int HASH_BYTES = 2 * Long.BYTES + 4 * Integer.BYTES;
    private static final int COMPACT_V4_BYTES = 6;
    private static final int COMPACT_V6_BYTES = 18;

    private Rows() {}

    static byte[] key(Contact contact) {
        var endpoint = contact.endpoint();
        byte[] key = new byte[Id.LENGTH_BYTES + endpoint.compactLengthBytes()];
        contact.id().copyTo(key, 0);
        endpoint.copyCompactTo(key, Id.LENGTH_BYTES);
        return key;
    }

    static Optional<Contact> contact(byte[] key) {
        int compactBytes = key.length - Id.LENGTH_BYTES;
        return compactBytes == COMPACT_V4_BYTES || compactBytes == COMPACT_V6_BYTES
                ? Optional.of(
                        new Contact(
                                Id.of(key, 0),
                                Endpoint.ofCompact(key, Id.LENGTH_BYTES, compactBytes)))
                : Optional.empty();
    }

    static byte[] value(NodeRow row) {
        return ByteBuffer.allocate(NODE_BYTES)
                .putLong(row.sampleDueSeconds())
                .putLong(row.answeredSeconds())
                .putInt(row.failures())
                .array();
    }

    static Optional<NodeRow> node(byte[] key, byte[] value) {
        if (value.length != NODE_BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(value);
        return contact(key)
                .map(contact -> new NodeRow(contact, in.getLong(), in.getLong(), in.getInt()));
    }

    /// Of the reporters only the first is kept.
    static byte[] value(HashRow row) {
        byte[] reporter = row.reporters().isEmpty() ? new byte[0] : key(row.reporters().getFirst());
        var health = row.health();
        return ByteBuffer.allocate(HASH_BYTES + reporter.length)
                .putLong(row.retrySeconds())
                .putLong(health.seconds())
                .putInt(row.tries())
                .putInt(health.seeds())
                .putInt(health.leechers())
                .putInt(health.error())
                .put(reporter)
                .array();
    }

    static Optional<HashRow> hash(byte[] value) {
        if (value.length < HASH_BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(value);
        long retry = in.getLong();
        long measured = in.getLong();
        int tries = in.getInt();
        var health = new HashRow.Health(measured, in.getInt(), in.getInt(), in.getInt());
        byte[] reporter = new byte[in.remaining()];
        in.get(reporter);
        return Optional.of(
                new HashRow(
                        tries, retry, health, contact(reporter).map(List::of).orElse(List.of())));
    }
}
