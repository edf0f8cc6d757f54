package dev.starling.rocks;

import dev.starling.dht.AnnouncedPeers;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An announced peer as rows of the database.
///
/// Family `peers`: infohash 20, then the peer's identity ([AnnouncedPeers#identity]) as a compact
/// endpoint of 6 or 18 bytes; value: port 2, seed 1, announced at 8.
record PeerRow(Id infoHash, Endpoint peer, boolean seed, long announcedMillis) {

    private static final int VALUE_BYTES = 11;

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
}
