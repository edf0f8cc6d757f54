package dev.starling.swarm;

import dev.starling.id.Endpoint;

/// One connected peer at one moment.
///
/// @param client what the peer says it is, remote text, not to be trusted
/// @param progress share of pieces the peer has, 0 to 1
public record PeerStatus(
        Endpoint endpoint,
        String client,
        double progress,
        boolean isChokingUs,
        boolean isChoked,
        boolean isSnubbed,
        long receivedBytes,
        long sentBytes,
        double receiveBytesPerSecond,
        double sendBytesPerSecond) {}
