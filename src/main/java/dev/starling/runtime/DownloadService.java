package dev.starling.runtime;

import dev.starling.id.Endpoint;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Many torrents at once over one TCP port and one DHT node. Thread-safe.
public final class DownloadService implements AutoCloseable {

    /// How to run it.
    ///
    /// @param listen addresses to bind; empty for all
    /// @param port TCP port, 0 for any free one
    /// @param stateFolder where resume data and fetched metadata are kept
    public record Options(List<String> listen, int port, Path stateFolder) {
        public Options {
            listen = List.copyOf(listen);
        }
    }

    /// One torrent to be had.
    ///
    /// @param folder download folder
    /// @param peers known beforehand
    /// @param selection file indexes wanted; empty for all
    /// @param keepSeeding whether to go on once complete
    public record Request(
            Path folder, List<Endpoint> peers, List<Integer> selection, boolean keepSeeding) {
        public Request {
            peers = List.copyOf(peers);
            selection = List.copyOf(selection);
        }
    }

    public static DownloadService start(Options options, DhtService dht) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// The TCP endpoints bound.
    public List<Endpoint> addresses() {
        throw new UnsupportedOperationException();
    }

    /// Downloads by magnet link; peers are looked for in the DHT at once.
    public Download add(Magnet magnet, Request request, DownloadListener listener) {
        throw new UnsupportedOperationException();
    }

    /// Downloads by known metadata.
    public Download add(InfoDictionary info, Request request, DownloadListener listener) {
        throw new UnsupportedOperationException();
    }

    /// Seeds what lies complete in `folder`, announcing it to the DHT now and again.
    public Download share(InfoDictionary info, Path folder, DownloadListener listener) {
        throw new UnsupportedOperationException();
    }

    /// Stops every download within a second or two, keeping what was verified.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
