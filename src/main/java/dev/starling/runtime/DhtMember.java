package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.dht.PeerStore;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A further node of this process, at an address beyond the first of its family (BEP 45): to others
/// a node like any other, with an id of its own. It shares the stores and the loop of the first and
/// does nothing but answer and keep its table; searches are the first node's.
final class DhtMember implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DhtMember.class);

    private final NetLoop loop;
    private final DhtSockets sockets;
    private final DhtNode node;
    private final PeerStore peers;
    private final MachineLoop<DhtInput, DhtEffect> machine;

    private DhtMember(NetLoop loop, DhtSockets sockets, DhtNode node, PeerStore peers) {
        this.node = node;
        this.peers = peers;
        this.loop = loop;
        this.sockets = sockets;
        this.machine = new MachineLoop<>(loop, node, this::follow, this::broken);
    }

    /// @param settings as of the first node but for the families, which are those of `listen`
    static DhtMember bind(
            NetLoop loop,
            List<Endpoint> listen,
            DhtNode.Settings settings,
            SharedState shared,
            RandomGenerator random)
            throws IOException {
        var sockets = DhtSockets.bind(loop, listen);
        var own =
                new DhtNode.Settings(
                        settings.id(),
                        settings.readOnly(),
                        sockets.hasV4(),
                        sockets.hasV6(),
                        settings.wallClockOffsetMillis());
        var node = new DhtNode(own, shared.economy(), shared.stores(), random);
        return new DhtMember(loop, sockets, node, shared.stores().peers());
    }

    /// Addresses to listen on, those of one node together: the first of each family, the second of
    /// each, and so on. A node speaks both families, so that it can name contacts of either.
    static List<List<Endpoint>> nodesOf(List<Endpoint> listen) {
        var nodes = new ArrayList<List<Endpoint>>();
        for (boolean v4 : new boolean[] {true, false}) {
            int number = 0;
            for (var endpoint : listen) {
                if (endpoint.isV4() == v4) {
                    if (number == nodes.size()) {
                        nodes.add(new ArrayList<>(2));
                    }
                    nodes.get(number++).add(endpoint);
                }
            }
        }
        return nodes;
    }

    /// An id for the member of this number, 1 and up, as far as can be from the first node's and
    /// from those of other members: the number counts from the highest bit (BEP 45).
    static Id id(Id first, int number) {
        return first.xor(new Id(Long.reverse(number), 0, 0));
    }

    void begin(List<Contact> saved, List<Endpoint> routers) {
        sockets.receive(new DhtReceiver(machine, node, peers, sockets));
        bootstrap(saved, routers);
    }

    void bootstrap(List<Contact> saved, List<Endpoint> routers) {
        if (!saved.isEmpty() || !routers.isEmpty()) {
            machine.post(new DhtInput.Bootstrap(saved, routers));
        }
    }

    void post(DhtInput input) {
        machine.post(input);
    }

    List<Endpoint> addresses() {
        return sockets.addresses();
    }

    boolean isListening() {
        return sockets.areOpen();
    }

    @Override
    public void close() {
        loop.execute(machine::stop);
        sockets.close();
    }

    private void follow(DhtEffect effect) {
        switch (effect) {
            case DhtEffect.Send(var to, var datagram) -> sockets.send(to, datagram);
            case DhtEffect.Bootstrapped(int contacts) ->
                    LOG.info("joined the DHT at {}: contacts={}", addresses(), contacts);
            case DhtEffect.IdChanged(var id, var external) ->
                    LOG.info("node id fits our address now: id={} address={}", id, external);
            case DhtEffect.BootstrapStalled _, DhtEffect.ForCommand _ -> {} // the first node tells
        }
    }

    private void broken(RuntimeException mistake) {
        LOG.error("the DHT node at {} has stopped by a mistake of its own", addresses(), mistake);
    }
}
