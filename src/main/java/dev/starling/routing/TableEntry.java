package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.id.SecureNodeId;
import java.util.concurrent.TimeUnit;

/// One contact of a table and what is known of it. Kept small, because a simulated network of a
/// million nodes holds two hundred million of them; the contact itself is immutable and may be
/// shared between tables.
final class TableEntry {

    /// A contact not heard of for this long is questionable (BEP 5, "Routing Table").
    static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(15);

    /// Unanswered queries in a row that make a contact bad. BEP 5 asks for several; three lost
    /// packets in a row mean a dead contact even where one packet in ten is lost.
    static final int BAD_FAILURES = 3;

    /// Unanswered queries in a row after which a contact is forgotten although nothing takes its
    /// place. Generous, so that the table outlives an hour without a network.
    static final int LAST_FAILURES = 8;

    /// How long a contact named for a ping is left alone, unless its answer or failure comes first:
    /// longer than any query timeout.
    private static final long PROBE_PENDING_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// The first pause after a failure; it doubles with each further one, up to [#SILENCE_NANOS].
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// 26 bits of [#packed], a minute; no query waits as long for its answer.
    private static final int MAX_RTT_MICROS = (1 << 26) - 1;

    /// One failure in [#packed]; four bits count them.
    private static final int FAILURE = 1 << 26;

    private static final int FAILURES = 0xf * FAILURE;
    private static final int SECURE = 1 << 30;
    private static final int VERIFIED = 1 << 31;

    /// Weight of a new round-trip time is one eighth, as TCP's (RFC 6298, section 2).
    private static final int SMOOTHING = 8;

    private final Contact contact;

    /// The first bits of the id, so that a bucket is searched without following references.
    private final long idHigh;

    /// The smoothed round-trip time in microseconds, failures in a row, whether the id fits the
    /// address (BEP 42), and whether it has ever answered, in one word: every eight bytes less an
    /// entry are a gigabyte in the largest simulated network.
    private int packed;

    private long lastHeardNanos;
    private long probeNanos;

    /// A contact heard of at `nowNanos`, worth a ping at once.
    TableEntry(Contact contact, long nowNanos) {
        this.contact = contact;
        idHigh = contact.id().high();
        packed = SecureNodeId.matches(contact.id(), contact.endpoint().address()) ? SECURE : 0;
        lastHeardNanos = nowNanos;
        probeNanos = nowNanos;
    }

    Contact contact() {
        return contact;
    }

    /// The first 64 bits of its id.
    long idHigh() {
        return idHigh;
    }

    int compareId(TableEntry other) {
        int order = Long.compareUnsigned(idHigh, other.idHigh);
        return order != 0 ? order : contact.id().compareTo(other.contact.id());
    }

    boolean hasId(Id id) {
        return idHigh == id.high() && contact.id().equals(id);
    }

    void answered(long rttNanos, long nowNanos) {
        int micros = Math.clamp(TimeUnit.NANOSECONDS.toMicros(rttNanos), 0, MAX_RTT_MICROS);
        int smoothed = isVerified() ? rttMicros() + (micros - rttMicros()) / SMOOTHING : micros;
        packed = (packed & SECURE) | VERIFIED | smoothed;
        lastHeardNanos = nowNanos;
        probeNanos = nowNanos + SILENCE_NANOS;
    }

    /// It asked us something. That keeps a good contact good but mends no failure, because it may
    /// be forged.
    void queried(long nowNanos) {
        lastHeardNanos = nowNanos;
        if (isVerified() && failures() == 0) {
            probeNanos = nowNanos + SILENCE_NANOS;
        }
    }

    void failed(long nowNanos) {
        if ((packed & FAILURES) != FAILURES) {
            packed += FAILURE;
        }
        probeNanos = nowNanos + Math.min(FIRST_RETRY_NANOS << (failures() - 1), SILENCE_NANOS);
    }

    /// It has been named for a ping.
    void probed(long nowNanos) {
        probeNanos = nowNanos + PROBE_PENDING_NANOS;
    }

    /// Something is odd about it: a ping is due, unless one is pending.
    void suspect(long nowNanos) {
        if (probeNanos - nowNanos > PROBE_PENDING_NANOS) {
            probeNanos = nowNanos;
        }
    }

    /// Whether it has ever answered us.
    boolean isVerified() {
        return (packed & VERIFIED) != 0;
    }

    /// Whether it sits where its address bids it to; local addresses may sit anywhere.
    boolean isSecure() {
        return (packed & SECURE) != 0;
    }

    private int rttMicros() {
        return packed & MAX_RTT_MICROS;
    }

    private int failures() {
        return (packed & FAILURES) / FAILURE;
    }

    boolean isGood(long nowNanos) {
        return isVerified() && failures() == 0 && nowNanos - lastHeardNanos < SILENCE_NANOS;
    }

    boolean isBad() {
        return failures() >= BAD_FAILURES;
    }

    boolean isLost() {
        return failures() >= LAST_FAILURES;
    }

    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /// When a ping is due.
    long probeNanos() {
        return probeNanos;
    }

    /// Whether this one is the better replacement: verified first, then the one whose id fits its
    /// address, then the one that answers faster, and of two unverified ones the one heard of
    /// later.
    boolean isBetterThan(TableEntry other) {
        if (isVerified() != other.isVerified()) {
            return isVerified();
        }
        if (isSecure() != other.isSecure()) {
            return isSecure();
        }
        return isVerified()
                ? rttMicros() < other.rttMicros()
                : lastHeardNanos > other.lastHeardNanos;
    }

    RoutingTable.ContactState state(long nowNanos) {
        return new RoutingTable.ContactState(
                contact,
                TimeUnit.MICROSECONDS.toNanos(rttMicros()),
                lastHeardNanos,
                failures(),
                isGood(nowNanos));
    }
}
