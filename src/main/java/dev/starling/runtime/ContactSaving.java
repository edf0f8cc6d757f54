package dev.starling.runtime;

import dev.starling.id.Contact;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Saves whom a node knows, a second after the start and then less and less often: most is learned
/// at the start, and a node killed soon after it must find its way back too. Thread-safe.
final class ContactSaving implements AutoCloseable {

    private static final Duration FIRST = Duration.ofSeconds(1);

    /// Contacts change slowly, and losing the newest costs a longer start at worst.
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Stores stores;
    private final Supplier<List<Contact>> contacts;
    private volatile boolean isClosed;

    /// @param contacts of the node now; asked on the upkeep's thread, and by whoever closes
    ContactSaving(Stores stores, Supplier<List<Contact>> contacts) {
        this.stores = stores;
        this.contacts = contacts;
    }

    void begin() {
        saveAfter(FIRST);
    }

    private void saveAfter(Duration wait) {
        Upkeep.after(
                wait,
                () -> {
                    if (!isClosed) {
                        save();
                        var twice = wait.multipliedBy(2);
                        saveAfter(twice.compareTo(LONGEST) < 0 ? twice : LONGEST);
                    }
                });
    }

    /// What knows nobody has nothing to save, and what was saved may still help.
    private void save() {
        var known = contacts.get();
        if (!known.isEmpty()) {
            stores.saveContacts(known);
        }
    }

    /// Saves once more.
    @Override
    public void close() {
        isClosed = true;
        save();
    }
}
