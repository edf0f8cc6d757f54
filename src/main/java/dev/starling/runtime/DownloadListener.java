package dev.starling.runtime;

import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoDictionary;
import java.nio.file.Path;

/// Hears how one download goes, on the swarm's loop; must return quickly. Does nothing by default.
public interface DownloadListener {

    /// The DHT or another peer has named peers: so many different ones so far.
    default void peersFound(int found) {}

    default void metadata(InfoDictionary info) {}

    /// Existing data is being hashed before the download begins.
    default void checking(int pieces, int pieceCount) {}

    /// Storage is open with so many verified bytes.
    default void opened(long haveBytes) {}

    default void complete(Path path) {}

    /// The DHT has stored our announce on so many nodes.
    default void announced(int nodes, long elapsedNanos) {}

    default void banned(Endpoint endpoint, String reason) {}

    /// The download cannot go on for now and keeps trying; `hint` says what would help.
    default void stalled(String reason, String hint) {}

    default void resumed() {}
}
