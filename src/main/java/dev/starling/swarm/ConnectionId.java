package dev.starling.swarm;

/// The edge's number for one TCP connection; never reused within a process.
public record ConnectionId(long number) {}
