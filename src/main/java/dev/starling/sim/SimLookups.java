package dev.starling.sim;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Searches made in a world and what came of each, judged by what only the world knows.
public final class SimLookups {

    /// k of the network: where announces belong.
    private static final int CLOSEST = 8;

    private final SimWorld world;
    private final List<Sample> samples = new ArrayList<>();
    private int underWay;

    /// One search.
    ///
    /// @param atNanos when it began
    /// @param elapsedNanos until it had ended, announce included
    /// @param firstPeersNanos until the first peers, if any
    /// @param recall share of the 8 truly closest honest nodes that it ended with or, for an
    ///   announce, that hold the peer
    /// @param foundPeer whether it found a peer that has announced itself, and not only inventions
    public record Sample(
            Purpose purpose,
            long atNanos,
            long elapsedNanos,
            OptionalLong firstPeersNanos,
            int queries,
            int timeouts,
            int hops,
            double recall,
            boolean foundPeer) {
        public boolean isForNodes() {
            return purpose == Purpose.NODES;
        }
    }

    /// What a search is for.
    public enum Purpose {
        NODES,
        ANNOUNCE,
        PEERS
    }

    public SimLookups(SimWorld world) {
        this.world = world;
    }

    /// Samples in the order in which the searches ended.
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /// Those that only announced.
    public List<Sample> announces() {
        return samples.stream().filter(each -> each.purpose == Purpose.ANNOUNCE).toList();
    }

    /// Those that looked for peers.
    public List<Sample> finds() {
        return samples.stream().filter(each -> each.purpose == Purpose.PEERS).toList();
    }

    /// Searches that have not ended.
    public int underWay() {
        return underWay;
    }

    /// Looks up the nodes closest to a random target from a random node.
    public void findNode() {
        var node = world.anyNode();
        var search = new Search(Purpose.NODES, node, Id.random(world.random()));
        search.begin(Optional.empty());
    }

    /// Announces `port` at `node`'s address as a peer of `infoHash`.
    public void announce(SimDhtNode node, Id infoHash, int port) {
        new Search(Purpose.ANNOUNCE, node, infoHash)
                .begin(Optional.of(new DhtInput.Announce(port, false, false)));
    }

    /// Looks for peers of `infoHash` from a random node.
    public void findPeers(Id infoHash) {
        findPeers(world.anyNode(), infoHash, Optional.empty());
    }

    /// Looks for peers of `infoHash` from `node`, announcing on the way out where asked.
    public void findPeers(SimDhtNode node, Id infoHash, Optional<DhtInput.Announce> announce) {
        new Search(Purpose.PEERS, node, infoHash).begin(announce);
    }

    /// A search under way.
    private final class Search {
        private final Purpose purpose;
        private final SimDhtNode node;
        private final Id target;
        private final long beganNanos = world.clock().nowNanos();
        private OptionalLong firstPeersNanos = OptionalLong.empty();
        private Optional<DhtEffect.LookupEnded> ended = Optional.empty();
        private Optional<DhtInput.Announce> announce = Optional.empty();
        private boolean foundPeer;

        Search(Purpose purpose, SimDhtNode node, Id target) {
            this.purpose = purpose;
            this.node = node;
            this.target = target;
        }

        void begin(Optional<DhtInput.Announce> toAnnounce) {
            underWay++;
            announce = toAnnounce;
            if (purpose == Purpose.NODES) {
                node.findNode(target, this::hear);
            } else {
                node.findPeers(target, announce, this::hear);
            }
        }

        private void hear(DhtEffect effect) {
            if (effect instanceof DhtEffect.PeersFound found) {
                long elapsed = world.clock().nowNanos() - beganNanos;
                firstPeersNanos = OptionalLong.of(firstPeersNanos.orElse(elapsed));
                foundPeer |= found.peers().stream().anyMatch(this::isTrue);
            } else if (effect instanceof DhtEffect.LookupEnded end) {
                ended = Optional.of(end);
                if (announce.isEmpty()) {
                    sample(end, recall(end.closest()));
                }
            } else if (effect instanceof DhtEffect.Announced) {
                ended.ifPresent(end -> sample(end, stored()));
            }
        }

        private void sample(DhtEffect.LookupEnded end, double recall) {
            underWay--;
            var trace = end.trace();
            samples.add(
                    new Sample(
                            purpose,
                            beganNanos,
                            world.clock().nowNanos() - beganNanos,
                            firstPeersNanos,
                            trace.queries(),
                            trace.timeouts(),
                            trace.hops(),
                            recall,
                            foundPeer));
        }

        private boolean isTrue(Endpoint peer) {
            return world.watch().hasAnnounced(target, peer.address());
        }

        private double recall(List<Contact> found) {
            var closest = world.closestLive(target, CLOSEST);
            long hits = closest.stream().filter(found::contains).count();
            return closest.isEmpty() ? 0 : (double) hits / closest.size();
        }

        private double stored() {
            var address = node.endpoint().address();
            var closest = world.closestNodes(target, CLOSEST);
            long hits = closest.stream().filter(each -> each.holds(target, address)).count();
            return closest.isEmpty() ? 0 : (double) hits / closest.size();
        }
    }
}
