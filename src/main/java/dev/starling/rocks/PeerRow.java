package dev.starling.rocks;

import dev.starling.dht.AnnouncedPeers;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// An announced peer as rows of the database.
///
/// Family `peers`: infohash 20, then the peer's identity ([AnnouncedPeers#identity]) as a compact
/// endpoint of 6 or 18 bytes; value: port 2, seed 1, announced at 8. Family `peer-times`: announced
/// at 8, then the key of the first; no value.
record PeerRow(Id infoHash, Endpoint peer, boolean seed, long announcedMillis) {

    private static final int VALUE_BYTES = 11;
    private static final int TIME_BYTES = 8;

    byte[] key() {
        return key(infoHash, peer);
    }

    static byte[] key(Id infoHash, Endpoint peer) {
        var identity = AnnouncedPeers.identity(peer);
        byte[] key = new byte[Id.LENGTH_BYTES + identity.compactLengthBytes()];
        infoHash.copyTo(key, 0);
        identity.copyCompactTo(key, Id.LENGTH_BYTES);
        return key;
    }

    byte[] value() {
        return ByteBuffer.allocate(VALUE_BYTES)
                .putShort((short) peer.port())
                .put((byte) (seed ? 1 : 0))
                .putLong(announcedMillis)
                .array();
    }

    byte[] timeKey() {
        byte[] key = key();
        return ByteBuffer.allocate(TIME_BYTES + key.length)
                .putLong(announcedMillis)
                .put(key)
                .array();
    }

    /// Empty for what is no row of ours.
    static Optional<PeerRow> parse(byte[] key, byte[] value) {
        int compactBytes = key.length - Id.LENGTH_BYTES;
        if ((compactBytes != 6 && compactBytes != 18) || value.length != VALUE_BYTES) {
            return Optional.empty();
        }
        var identity = Endpoint.ofCompact(key, Id.LENGTH_BYTES, compactBytes);
        var in = ByteBuffer.wrap(value);
        int port = in.getShort() & 0xffff;
        boolean seed = in.get() != 0;
        var peer = new Endpoint(identity.address(), port);
        return Optional.of(new PeerRow(Id.of(key, 0), peer, seed, in.getLong()));
    }

    static boolean isOf(Id infoHash, byte[] key) {
        return key.length > Id.LENGTH_BYTES && Id.of(key, 0).equals(infoHash);
    }

    static long timeOf(byte[] timeKey) {
        return ByteBuffer.wrap(timeKey).getLong();
    }

    static byte[] keyOf(byte[] timeKey) {
        return Arrays.copyOfRange(timeKey, TIME_BYTES, timeKey.length);
    }

    /// The announce time in a value.
    static long announcedMillis(byte[] value) {
        return ByteBuffer.wrap(value).getLong(VALUE_BYTES - Long.BYTES);
    }
}
