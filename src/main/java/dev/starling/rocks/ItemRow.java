package dev.starling.rocks;

import dev.starling.bencode.ByteString;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A stored item as a row of the database: family `items`, key the target.
///
/// Value: put at 8, source 16, kind 1. Of a mutable item then: key 32, seq 8, signature 64, length
/// of the salt 1 and the salt. The rest is the value.
record ItemRow(Item item, IpAddress source, long putMillis) {

    private static final int MAX_BYTES = 2_048;
    private static final int SIGNATURE_BYTES = 64;
    private static final byte IMMUTABLE = 0;
    private static final byte MUTABLE = 1;

    byte[] format() {
        var row = ByteBuffer.allocate(MAX_BYTES);
        row.putLong(putMillis).putLong(source.high()).putLong(source.low());
        switch (item) {
            case Item.Immutable _ -> row.put(IMMUTABLE);
            case Item.Mutable mutable ->
                    row.put(MUTABLE)
                            .put(mutable.key().bytes().toBytes())
                            .putLong(mutable.seq())
                            .put(mutable.signature().toBytes())
                            .put((byte) mutable.salt().lengthBytes())
                            .put(mutable.salt().toBytes());
        }
        row.put(item.value().toBytes());
        byte[] bytes = new byte[row.flip().remaining()];
        row.get(bytes);
        return bytes;
    }

    /// Empty for what is no row of ours.
    static Optional<ItemRow> parse(byte[] bytes) {
        var row = ByteBuffer.wrap(bytes);
        try {
            long putMillis = row.getLong();
            var source = new IpAddress(row.getLong(), row.getLong());
            return switch (row.get()) {
                case IMMUTABLE ->
                        Optional.of(
                                new ItemRow(
                                        new Item.Immutable(take(row, row.remaining())),
                                        source,
                                        putMillis));
                case MUTABLE -> Optional.of(new ItemRow(mutable(row), source, putMillis));
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Item.Mutable mutable(ByteBuffer row) {
        var key = new PublicKey(take(row, PublicKey.LENGTH_BYTES));
        long seq = row.getLong();
        var signature = take(row, SIGNATURE_BYTES);
        var salt = take(row, row.get());
        return new Item.Mutable(key, salt, seq, take(row, row.remaining()), signature);
    }

    private static ByteString take(ByteBuffer row, int lengthBytes) {
        if (lengthBytes < 0 || lengthBytes > row.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[lengthBytes];
        row.get(bytes);
        return ByteString.of(bytes);
    }
}
