package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import java.util.List;
import java.util.function.Consumer;

/// Asks the closest contacts once more, for nodes at other points near the target, to learn of
/// neighbours that nobody has named.
///
/// A node names eight contacts, whatever their number. Where half of them are dead, or sybils sit
/// at the target, honest neighbours are crowded out of every answer for the target itself; but the
/// same nodes name them when asked for a point of their own corner: the target with one bit
/// inverted. At most eight queries, once in a lookup.
final class Sweep {

    /// Corners asked for, from that of the farthest of the k closest inwards: fifteen in sixteen of
    /// the k closest lie in these.
    private static final int CORNERS = 4;

    private boolean isDone;
    private int underWay;
    private long endNanos = StateMachine.NO_DEADLINE;

    /// @param closest those that have answered, closest first
    /// @param untilNanos when to wait for answers no longer
    void begin(
            Id target,
            List<Contact> closest,
            long untilNanos,
            Consumer<? super LookupEffect> effects) {
        if (isDone) {
            return;
        }
        isDone = true;
        endNanos = untilNanos;
        int farthest = target.sharedPrefixBits(closest.getLast().id());
        for (int bits = farthest; bits < Math.min(farthest + CORNERS, Id.LENGTH_BITS); bits++) {
            var corner = target.flipped(bits);
            survey(closest.getFirst(), corner, effects);
            closest.stream()
                    .skip(1)
                    .min((a, b) -> corner.compareDistance(a.id(), b.id()))
                    .ifPresent(contact -> survey(contact, corner, effects));
        }
    }

    void answered() {
        underWay = Math.max(underWay - 1, 0);
    }

    void expire(long nowNanos) {
        if (nowNanos >= endNanos) {
            endNanos = StateMachine.NO_DEADLINE;
            underWay = 0;
        }
    }

    boolean isUnderWay() {
        return underWay > 0;
    }

    long nextDeadlineNanos() {
        return endNanos;
    }

    private void survey(Contact contact, Id corner, Consumer<? super LookupEffect> effects) {
        underWay++;
        effects.accept(new LookupEffect.Survey(contact, corner));
    }
}
