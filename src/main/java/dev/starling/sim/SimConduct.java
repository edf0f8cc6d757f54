package dev.starling.sim;

import dev.starling.bencode.ByteString;
import dev.starling.wire.WireMessage;
import java.util.Optional;

/// How a simulated peer departs from what its swarm machine tells it to do.
public enum SimConduct {

    /// Does as told.
    HONEST,

    /// Corrupts every block it sends.
    POISONER,

    /// Takes what it is given and lets nobody have anything.
    LEECHER,

    /// Lets everyone ask and answers no request.
    MUTE,

    /// Sends false metadata.
    METADATA_LIAR;

    /// The message it sends instead, if any.
    Optional<WireMessage> says(WireMessage message) {
        return switch (this) {
            case HONEST, POISONER, MUTE -> Optional.of(message);
            case LEECHER ->
                    message instanceof WireMessage.Unchoke
                            ? Optional.empty()
                            : Optional.of(message);
            case METADATA_LIAR ->
                    message instanceof WireMessage.MetadataData(int block, int total, var data)
                            ? Optional.of(
                                    new WireMessage.MetadataData(
                                            block, total, ByteString.of(corrupted(data.toBytes()))))
                            : Optional.of(message);
        };
    }

    /// The bytes it sends for a block, if any.
    Optional<byte[]> uploads(byte[] data) {
        return switch (this) {
            case HONEST, METADATA_LIAR -> Optional.of(data);
            case POISONER -> Optional.of(corrupted(data));
            case LEECHER, MUTE -> Optional.empty();
        };
    }

    private static byte[] corrupted(byte[] data) {
        byte[] corrupted = data.clone();
        corrupted[corrupted.length / 2] ^= 0x55;
        return corrupted;
    }
}
