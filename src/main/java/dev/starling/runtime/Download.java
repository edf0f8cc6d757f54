package dev.starling.runtime;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.swarm.PeerStatus;
import dev.starling.swarm.SwarmStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One torrent of a [DownloadService]. Thread-safe.
public interface Download extends AutoCloseable {

    Id infoHash();

    Optional<InfoDictionary> info();

    /// A recent picture, at most a few hundred milliseconds old.
    SwarmStatus status();

    List<PeerStatus> peers();

    /// Peer endpoints the DHT has named so far, and whether a lookup is under way.
    DhtProgress dhtProgress();

    /// What the DHT has done for this download.
    record DhtProgress(int lookups, int peersFound, boolean isLooking, int announcedTo) {}

    /// Completes with the folder or file when everything selected is verified; fails with an
    /// [java.io.IOException] that says why when it cannot go on.
    CompletableFuture<java.nio.file.Path> completion();

    /// Stops this download, keeping what was verified.
    @Override
    void close();
}
