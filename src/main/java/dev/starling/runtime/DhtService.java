package dev.starling.runtime;

import dev.starling.dht.DhtInput;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A DHT node on real sockets. Thread-safe; the machine runs on one loop.
public final class DhtService implements AutoCloseable {

    /// How to run it.
    ///
    /// @param listen addresses to bind, one socket each; empty for all addresses of both families
    /// @param port UDP port, 0 for any free one
    /// @param bootstrap `host:port` of bootstrap nodes; where empty, only saved contacts are asked
    ///   and nobody else, as for the first node of a private network
    /// @param readOnly BEP 43
    public record Options(List<String> listen, int port, List<String> bootstrap, boolean readOnly) {
        /// dht.libtorrent.org:25401, router.bittorrent.com:6881, dht.transmissionbt.com:6881,
        /// router.utorrent.com:6881.
        public static final List<String> PUBLIC_ROUTERS =
                List.of(
                        "dht.libtorrent.org:25401",
                        "router.bittorrent.com:6881",
                        "dht.transmissionbt.com:6881",
                        "router.utorrent.com:6881");

        public Options {
            listen = List.copyOf(listen);
            bootstrap = List.copyOf(bootstrap);
        }
    }

    /// A lookup under way.
    public interface PeerSearch extends AutoCloseable {
        /// Gives the search up; nothing more is heard of it.
        @Override
        void close();
    }

    /// Binds the sockets, starts the node and begins to bootstrap from saved contacts and routers.
    ///
    /// @throws IOException if a port is taken or an address is not ours, saying which
    public static DhtService start(Options options, Stores stores, DhtListener listener)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public Id id() {
        throw new UnsupportedOperationException();
    }

    /// The endpoints bound.
    public List<Endpoint> addresses() {
        throw new UnsupportedOperationException();
    }

    /// Contacts in the table now.
    public int contactCount() {
        throw new UnsupportedOperationException();
    }

    /// Gives the node another `host:port` to bootstrap from.
    public void bootstrap(List<String> hosts) {
        throw new UnsupportedOperationException();
    }

    /// Looks for peers, and announces where asked; `listener` hears [dev.starling.dht.DhtEffect] of
    /// this search only, on the DHT's loop.
    public PeerSearch findPeers(
            Id infoHash, Optional<DhtInput.Announce> announce, DhtListener listener) {
        throw new UnsupportedOperationException();
    }

    public CompletableFuture<dev.starling.dht.DhtEffect.LookupEnded> findNode(Id target) {
        throw new UnsupportedOperationException();
    }

    /// The answering contact and the round-trip time; empty when unanswered.
    public CompletableFuture<Optional<Pong>> ping(Endpoint endpoint) {
        throw new UnsupportedOperationException();
    }

    /// An answer to a ping.
    public record Pong(Contact contact, Duration roundTrip) {}

    /// Saves contacts and closes the sockets, within a second.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
