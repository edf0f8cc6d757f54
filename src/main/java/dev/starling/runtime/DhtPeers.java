package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings one torrent peers from the DHT and tells the DHT of us, when [PeerFinder] says so.
/// Confined to the peers' loop.
final class DhtPeers {

    /// Peers counted as found; a swarm tells apart no more either.
    private static final int MAX_COUNTED = 10_000;

    private final NetLoop loop;
    private final DhtService dht;
    private final Subject subject;
    private final Listener listener;
    private final PeerFinder finder = new PeerFinder();
    private final MachineLoop<PeerFinder.Input, PeerFinder.Effect> machine;
    private final Set<Endpoint> found = new LinkedHashSet<>();
    private DhtService.@Nullable PeerSearch search;
    private boolean isSeed;
    private int lookups;
    private int newPeers;
    private int announcedTo;

    /// What is looked for and announced.
    ///
    /// @param port our TCP port
    record Subject(Id infoHash, int port) {}

    /// Hears what comes of it, on the peers' loop.
    interface Listener {

        /// Whether a peer named is none other than us.
        boolean isOurselves(Endpoint endpoint);

        /// Peers have been named, `total` different ones so far.
        void peersFound(List<Endpoint> peers, int total);

        void announced(int nodes, long elapsedNanos);

        /// Whether nobody is connected and nobody is left to call.
        boolean isAlone();

        void broken(RuntimeException mistake);
    }

    DhtPeers(NetLoop loop, DhtService dht, Subject subject, Listener listener) {
        this.loop = loop;
        this.dht = dht;
        this.subject = subject;
        this.listener = listener;
        this.machine = new MachineLoop<>(loop, finder, this::follow, listener::broken);
    }

    void begin() {
        machine.handle(new PeerFinder.Begun());
    }

    void needPeers() {
        machine.handle(new PeerFinder.NeedPeers());
    }

    void completed() {
        isSeed = true;
        machine.handle(new PeerFinder.Completed());
    }

    void stop() {
        machine.stop();
        if (search != null) {
            search.close();
        }
    }

    Download.DhtProgress progress() {
        return new Download.DhtProgress(lookups, found.size(), finder.isSearching(), announcedTo);
    }

    private void follow(PeerFinder.Effect effect) {
        switch (effect) {
            case PeerFinder.Search(boolean isAnnouncing) -> {
                newPeers = 0;
                var announce =
                        isAnnouncing
                                ? Optional.of(new DhtInput.Announce(subject.port(), false, isSeed))
                                : Optional.<DhtInput.Announce>empty();
                search =
                        dht.findPeers(
                                subject.infoHash(),
                                announce,
                                told -> loop.execute(() -> told(told, isAnnouncing)));
            }
        }
    }

    private void told(DhtEffect effect, boolean isAnnouncing) {
        if (effect instanceof DhtEffect.PeersFound(_, _, var peers)) {
            peersFound(peers);
        } else if (effect instanceof DhtEffect.LookupEnded) {
            lookups++;
            if (!isAnnouncing) {
                ended(0);
            }
        } else if (effect instanceof DhtEffect.Announced(_, int nodes, long elapsedNanos)) {
            announcedTo = nodes;
            if (nodes > 0) {
                listener.announced(nodes, elapsedNanos);
            }
            ended(nodes);
        }
    }

    private void peersFound(List<Endpoint> named) {
        var others = named.stream().filter(peer -> !listener.isOurselves(peer)).toList();
        int before = found.size();
        for (var peer : others) {
            if (found.size() < MAX_COUNTED) {
                found.add(peer);
            }
        }
        newPeers += found.size() - before;
        if (!others.isEmpty()) {
            listener.peersFound(others, found.size());
        }
    }

    private void ended(int nodes) {
        machine.handle(new PeerFinder.Ended(newPeers, nodes, listener.isAlone()));
    }
}
