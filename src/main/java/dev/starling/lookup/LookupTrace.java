package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.List;

/// Every step of one lookup, bounded by its queries.
///
/// @param startNanos when the lookup began, on the machine's clock
public record LookupTrace(Id target, long startNanos, List<Step> steps) {

    public LookupTrace {
        steps = List.copyOf(steps);
    }

    /// One query and what came of it.
    ///
    /// @param askedNanos when it was sent, from the start of the lookup
    /// @param answeredNanos when it was answered, from the start; -1 when it was not
    /// @param tries how often it was asked
    /// @param hop how many answers led to this contact: 0 for one offered at the start
    /// @param sharedBits leading bits the contact shares with the target
    /// @param values peers named
    public record Step(
            Contact contact,
            long askedNanos,
            long answeredNanos,
            int tries,
            int hop,
            int sharedBits,
            int values) {}

    public int queries() {
        int count = 0;
        for (Step step : steps) {
            count += step.tries();
        }
        return count;
    }

    /// Contacts that never answered.
    public int timeouts() {
        int count = 0;
        for (Step step : steps) {
            count += step.answeredNanos() < 0 ? 1 : 0;
        }
        return count;
    }

    /// The longest chain of answers that led to a contact asked.
    public int hops() {
        int hops = 0;
        for (Step step : steps) {
            hops = Math.max(hops, step.hop());
        }
        return hops;
    }
}
