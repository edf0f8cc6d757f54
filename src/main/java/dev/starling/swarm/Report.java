package dev.starling.swarm;

import dev.starling.metainfo.InfoDictionary;

/// Puts a swarm's state into words for those outside.
final class Report {

    private Report() {}

    static SwarmStatus status(
            SwarmState state, PeerBook book, MetadataFetch metadata, long nowNanos) {
        int unchoking = 0;
        int seeds = 0;
        for (var session : state.sessions()) {
            unchoking += session.isChokingUs ? 0 : 1;
            seeds += session.pieces.isFull() ? 1 : 0;
        }
        var attempt = metadata.furthest();
        int known = state.info().map(i -> blocks(i.encodedLengthBytes())).orElse(0);
        var map = state.map();
        return new SwarmStatus(
                state.stage,
                book.knownCount(),
                book.triedCount(),
                state.sessions().size(),
                unchoking,
                seeds,
                book.unreachableCount(),
                book.bans().count(),
                attempt.map(MetadataAssembly::receivedCount).orElse(known),
                attempt.map(MetadataAssembly::blockCount).orElse(known),
                map.map(m -> m.have().size()).orElse(0),
                state.info().map(InfoDictionary::pieceCount).orElse(0),
                map.map(PieceMap::haveBytes).orElse(0L),
                map.map(PieceMap::wantedBytes)
                        .or(() -> state.info().map(InfoDictionary::lengthBytes))
                        .orElse(0L),
                state.received.totalBytes(),
                state.wastedBytes,
                state.sent.totalBytes(),
                state.received.bytesPerSecond(nowNanos),
                state.sent.bytesPerSecond(nowNanos));
    }

    private static int blocks(int metadataBytes) {
        return (metadataBytes + MetadataAssembly.BLOCK_BYTES - 1) / MetadataAssembly.BLOCK_BYTES;
    }

    static PeerStatus peer(PeerSession session, long nowNanos) {
        return new PeerStatus(
                session.endpoint,
                session.client,
                session.pieces.progress(),
                session.isChokingUs,
                session.isChoked,
                session.down.isSnubbed,
                session.down.rate.totalBytes(),
                session.up.rate.totalBytes(),
                session.down.rate.bytesPerSecond(nowNanos),
                session.up.rate.bytesPerSecond(nowNanos));
    }
}
