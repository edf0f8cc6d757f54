package dev.starling.dht;

/// What others have stored with a node: peers (BEP 5) and items (BEP 44). Several nodes may share
/// them (BEP 45).
public record DhtStores(PeerStore peers, ItemStore items) {}
