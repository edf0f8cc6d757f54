package dev.starling.lookup;

import dev.starling.id.Contact;
import java.util.List;

/// What may happen to a lookup.
public sealed interface LookupInput {

    /// Contacts to begin with, or found meanwhile; may come at any time, so that a lookup begun
    /// with an empty table is fed as the table fills.
    record Offered(List<Contact> contacts) implements LookupInput {
        public Offered {
            contacts = List.copyOf(contacts);
        }
    }

    /// A contact answered.
    ///
    /// @param contact with the id it answered with
    /// @param closer the contacts it named; unverified
    /// @param values how many peers it named, for the trace
    record Answered(Contact contact, List<Contact> closer, int values) implements LookupInput {
        public Answered {
            closer = List.copyOf(closer);
        }
    }

    /// A contact answered [LookupEffect.Survey], or kept silent and named none.
    record Surveyed(Contact source, List<Contact> contacts) implements LookupInput {
        public Surveyed {
            contacts = List.copyOf(contacts);
        }
    }

    /// A contact answered with an error or was found unreachable.
    record Failed(Contact contact) implements LookupInput {}

    /// No more [Offered] is to be expected, so an empty candidate list now ends the lookup.
    record NoMoreOffers() implements LookupInput {}

    record Cancel() implements LookupInput {}
}
