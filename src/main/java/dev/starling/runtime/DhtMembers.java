package dev.starling.runtime;

import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.net.NetLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The nodes of one process beyond its first (BEP 45).
final class DhtMembers implements AutoCloseable {

    private final List<DhtMember> members = new ArrayList<>();

    /// @param listen the addresses of each
    /// @param first settings of the first node
    /// @throws IOException if one cannot be bound; then none is
    DhtMembers(
            NetLoop loop,
            List<List<Endpoint>> listen,
            DhtNode.Settings first,
            SharedState shared,
            RandomGenerator random)
            throws IOException {
        try {
            for (var addresses : listen) {
                var settings =
                        new DhtNode.Settings(
                                DhtMember.id(first.id(), members.size() + 1),
                                first.readOnly(),
                                first.v4(),
                                first.v6(),
                                first.wallClockOffsetMillis());
                members.add(DhtMember.bind(loop, addresses, settings, shared, random));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// @param firstNode where the first node is, which they know from the start
    void begin(List<Contact> saved, List<Endpoint> firstNode) {
        var reachable = firstNode.stream().filter(Endpoint::isReachable).toList();
        members.forEach(member -> member.begin(saved, reachable));
    }

    void bootstrap(List<Endpoint> routers) {
        members.forEach(member -> member.bootstrap(List.of(), routers));
    }

    void post(DhtInput input) {
        members.forEach(member -> member.post(input));
    }

    List<Endpoint> addresses() {
        return members.stream().flatMap(member -> member.addresses().stream()).toList();
    }

    boolean areListening() {
        return members.stream().allMatch(DhtMember::isListening);
    }

    @Override
    public void close() {
        members.forEach(DhtMember::close);
    }
}
