package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.Optional;

/// Whom we ask. A contact must answer with the id we know it by; of a bare endpoint, as a bootstrap
/// node's, any id will do.
sealed interface Recipient {

    Endpoint endpoint();

    Optional<Contact> contact();

    default boolean mayBe(Id id) {
        var contact = contact();
        return contact.isEmpty() || contact.get().id().equals(id);
    }

    record Known(Contact known) implements Recipient {
        @Override
        public Endpoint endpoint() {
            return known.endpoint();
        }

        @Override
        public Optional<Contact> contact() {
            return Optional.of(known);
        }
    }

    record Unidentified(Endpoint endpoint) implements Recipient {
        @Override
        public Optional<Contact> contact() {
            return Optional.empty();
        }
    }

    /// A bootstrap node of whom we know the endpoint only. Its answer does not make it a contact
    /// (BEP 5, "Torrent File Extensions", asks not to put routers in routing tables).
    record Router(Endpoint endpoint) implements Recipient {
        @Override
        public Optional<Contact> contact() {
            return Optional.empty();
        }
    }
}
