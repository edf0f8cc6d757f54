package dev.starling.swarm;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.wire.WireMessage;
import java.util.Optional;

/// Answers peers' requests for the info dictionary (BEP 9).
final class MetadataServer {

    /// How often one connection may fetch the whole dictionary: once, and again after a failure of
    /// its own. BEP 9 allows such flood protection.
    private static final int FETCHES_PER_CONNECTION = 3;

    private MetadataServer() {}

    static void requested(
            PeerSession session, int blockIndex, Optional<InfoDictionary> info, Turn turn) {
        int size = info.map(InfoDictionary::encodedLengthBytes).orElse(0);
        int blockCount = (size + MetadataAssembly.BLOCK_BYTES - 1) / MetadataAssembly.BLOCK_BYTES;
        if (info.isEmpty()
                || blockIndex < 0
                || blockIndex >= blockCount
                || session.metadataRequestsServed >= FETCHES_PER_CONNECTION * blockCount) {
            turn.send(session, new WireMessage.MetadataReject(blockIndex));
            return;
        }
        session.metadataRequestsServed++;
        int offset = blockIndex * MetadataAssembly.BLOCK_BYTES;
        int length = Math.min(MetadataAssembly.BLOCK_BYTES, size - offset);
        var data = ByteString.of(info.get().encoded(offset, length));
        turn.send(session, new WireMessage.MetadataData(blockIndex, size, data));
    }
}
