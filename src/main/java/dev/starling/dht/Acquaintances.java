package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Whom a node knows: who returned a token lately, who is in its tables, and of whom it waits for
/// an answer. Asked only when there is no time for everybody.
final class Acquaintances implements Shedding.Known {

    /// Tables change by a contact or two a second.
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ContactTables tables;
    private final Transactions transactions;
    private final ReflectionGuard guard;

    /// Addresses of the tables; only looked into, never walked over.
    private Set<IpAddress> contacts = Collections.emptySet();

    private long refreshedNanos;

    Acquaintances(ContactTables tables, Transactions transactions, ReflectionGuard guard) {
        this.tables = tables;
        this.transactions = transactions;
        this.guard = guard;
    }

    @Override
    public boolean isKnown(IpAddress source, long nowNanos) {
        if (guard.isVerified(source, nowNanos) || transactions.isAwaited(source)) {
            return true;
        }
        if (refreshedNanos == 0 || nowNanos - refreshedNanos >= REFRESH_NANOS) {
            refreshedNanos = nowNanos;
            contacts = new HashSet<>();
            tables.contacts().forEach(state -> contacts.add(state.contact().endpoint().address()));
        }
        return contacts.contains(source);
    }
}
