package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.List;

/// What a lookup asks of its owner.
public sealed interface LookupEffect {

    /// Query this contact, perhaps once more; answer with [LookupInput.Answered] or
    /// [LookupInput.Failed], or not at all: the lookup keeps its own time.
    record Ask(Contact contact) implements LookupEffect {}

    /// Query this contact for the nodes at another point near the target; answer with
    /// [LookupInput.Surveyed] or not at all.
    record Survey(Contact contact, Id point) implements LookupEffect {}

    /// This contact has answered, and of all that have answered or may do so soon, it is among the
    /// k closest; once for each, and for one that answers after the lookup has ended as well.
    record Settled(Contact contact) implements LookupEffect {}

    /// This contact has not answered within the full timeout.
    record GaveUp(Contact contact) implements LookupEffect {}

    /// The lookup has ended, once.
    ///
    /// @param closest the closest contacts that answered, closest first, as many as
    ///   [Lookup#closest] tells of
    record Finished(List<Contact> closest, Outcome outcome) implements LookupEffect {
        public Finished {
            closest = List.copyOf(closest);
        }
    }

    /// Why it ended.
    enum Outcome {
        CONVERGED,
        OUT_OF_QUERIES,
        OUT_OF_TIME,
        NO_CONTACTS,
        CANCELLED
    }
}
