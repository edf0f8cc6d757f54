package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import dev.starling.routing.RoutingTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A node of the Mainline DHT (BEP 5, 32, 42, 43).
public final class DhtNode implements StateMachine<DhtInput, DhtEffect> {

    /// What a node is told at birth.
    ///
    /// @param id our id; replaced when the external address demands another (BEP 42)
    /// @param readOnly BEP 43: answer nobody, say `ro`
    /// @param v4 whether an IPv4 socket exists
    /// @param v6 whether an IPv6 socket exists
    /// @param wallClockOffsetMillis wall-clock milliseconds at `nowNanos` 0, for what outlives us
    public record Settings(
            Id id, boolean readOnly, boolean v4, boolean v6, long wallClockOffsetMillis) {}

    public DhtNode(Settings settings, PeerStore peers, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void handle(DhtInput input, long nowNanos, Consumer<? super DhtEffect> effects) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void expire(long nowNanos, Consumer<? super DhtEffect> effects) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nextDeadlineNanos() {
        throw new UnsupportedOperationException();
    }

    public Id id() {
        throw new UnsupportedOperationException();
    }

    /// Good contacts of both families, for saving.
    public List<RoutingTable.ContactState> contacts() {
        throw new UnsupportedOperationException();
    }

    /// The closest known contacts to `target` of both families.
    public List<Contact> closest(Id target, int count) {
        throw new UnsupportedOperationException();
    }
}
