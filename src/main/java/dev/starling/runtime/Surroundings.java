package dev.starling.runtime;

import dev.starling.disk.DiskWorkers;
import dev.starling.id.Id;
import dev.starling.net.NetLoop;
import dev.starling.net.PeerPort;
import java.util.function.Consumer;

/// What the downloads of one [DownloadService] share.
///
/// @param peerId what we call ourselves to peers
/// @param ended told of each download that has been closed
record Surroundings(
        NetLoop loop,
        PeerPort port,
        DiskWorkers workers,
        StateFolder state,
        DhtService dht,
        Id peerId,
        Consumer<? super ActiveDownload> ended) {

    int tcpPort() {
        return port.addresses().getFirst().port();
    }

    SwarmPeers.DhtPorts dhtPorts() {
        return new SwarmPeers.DhtPorts(dht.publicPort(), dht::meet);
    }
}
