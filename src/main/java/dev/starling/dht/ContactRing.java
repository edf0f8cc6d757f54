package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.routing.Nearest;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Contacts by IPv4 that have answered us lately, in numbers that no routing table holds: what a
/// bootstrap node tells newcomers of, so that not all of them are told of the same few.
///
/// The keyspace is cut into cells of equal width, each with places for some sixty contacts. Whoever
/// answers takes a free place in its cell, or that of the one silent longest; a network (/24) has
/// one place in a cell. So nobody's flood reaches beyond the cells its ids lie in, and those close
/// to a target are found in one or two cells. All of it lies in flat arrays of
/// [#BYTES_PER_CONTACT]. Confined to its node's thread.
final class ContactRing {

    /// Id 20, address 4, port 2, and when it answered 4.
    static final int BYTES_PER_CONTACT = 30;

    /// As many as the public DHT is said to have nodes.
    static final int MAX_CONTACTS = 10_000_000;

    /// Contacts in a cell at least, unless the ring is smaller: enough for eight of them to be
    /// fresh and of different networks.
    private static final int CELL_SIZE = 64;

    /// Cells looked into for one answer; where all are empty the routing table does better.
    private static final int MAX_CELLS = 4;

    /// Newcomers that wait for their ping: eight seconds' worth; later ones come again.
    static final int MAX_NEWCOMERS = 4_096;

    /// Of the contacts told one in so many is asked whether it lives, as far as [#MAX_TOLD] allows.
    private static final int TOLD_PER_CHECK = 61;

    private static final int MAX_TOLD = 32;

    /// A contact that has not answered for so long is told to nobody: half of all nodes that were
    /// there an hour ago are gone.
    private static final int FRESH_SECONDS = 30 * 60;

    /// Who answered so lately need not be asked again.
    private static final int RECENT_SECONDS = 10 * 60;

    private final int cellBits;
    private final int cellSize;
    private final long[] high;
    private final long[] middle;
    private final int[] low;
    private final int[] address;
    private final char[] port;

    /// When each answered; 0 for a free place.
    private final int[] seconds;

    private int size;
    private int nowSeconds = 1;

    /// Newcomers that have asked us something, and contacts told to others: whoever keeps the ring
    /// pings them.
    private final LinkedHashSet<Contact> newcomers = new LinkedHashSet<>(0);

    private final LinkedHashSet<Contact> told = new LinkedHashSet<>(0);
    private long toldCount;

    /// One that holds nobody, for all nodes that want none.
    private static final ContactRing NONE = new ContactRing(0);

    /// @param capacity how many contacts it may hold, 0 for none
    static ContactRing of(int capacity) {
        return capacity == 0 ? NONE : new ContactRing(capacity);
    }

    private ContactRing(int capacity) {
        int cells = Integer.highestOneBit(Math.max(1, capacity / CELL_SIZE));
        cellBits = Integer.numberOfTrailingZeros(cells);
        cellSize = capacity / cells;
        int places = cells * cellSize;
        high = new long[places];
        middle = new long[places];
        low = new int[places];
        address = new int[places];
        port = new char[places];
        seconds = new int[places];
    }

    boolean isInUse() {
        return capacity() > 0;
    }

    int capacity() {
        return seconds.length;
    }

    int size() {
        return size;
    }

    /// Has it know the time.
    void at(long nowNanos) {
        if (!isInUse()) {
            return; // shared by all who have none
        }
        nowSeconds = 1 + (int) TimeUnit.NANOSECONDS.toSeconds(nowNanos);
    }

    /// A contact has answered a query of ours.
    void verified(Contact contact) {
        if (!isInUse() || !contact.endpoint().isV4()) {
            return;
        }
        int place = placeFor(contact);
        if (place < 0) {
            return;
        }
        size += seconds[place] == 0 ? 1 : 0;
        high[place] = contact.id().high();
        middle[place] = contact.id().middle();
        low[place] = contact.id().low();
        address[place] = contact.endpoint().address().v4Bits();
        port[place] = (char) contact.endpoint().port();
        seconds[place] = nowSeconds;
    }

    /// Its own place, else that of its network unless whoever holds it is fresh, else a free one or
    /// the one silent longest; -1 for none.
    private int placeFor(Contact contact) {
        var asked = contact.endpoint().address();
        int begin = cell(contact.id()) * cellSize;
        int silent = begin;
        for (int i = begin; i < begin + cellSize; i++) {
            if (seconds[i] != 0 && isSameNetwork(address[i], asked)) {
                boolean isIts = holds(i, contact.endpoint());
                return isIts || !isFresh(i) ? i : -1;
            }
            silent = seconds[i] < seconds[silent] ? i : silent;
        }
        return silent;
    }

    /// A contact has not answered a query of ours.
    void failed(Contact contact) {
        int place = find(contact);
        if (place >= 0) {
            seconds[place] = 0;
            size--;
        }
    }

    /// Whoever has asked us something is worth a ping, unless it has answered lately.
    void asked(Contact contact, long nowNanos) {
        if (isInUse() && contact.endpoint().isV4() && newcomers.size() < MAX_NEWCOMERS) {
            at(nowNanos);
            if (!isRecent(contact)) {
                newcomers.add(contact);
            }
        }
    }

    private boolean isRecent(Contact contact) {
        int place = find(contact);
        return place >= 0 && nowSeconds - seconds[place] < RECENT_SECONDS;
    }

    /// Takes out a newcomer to ping.
    Optional<Contact> nextNewcomer() {
        while (!newcomers.isEmpty()) {
            var contact = newcomers.removeFirst();
            if (!isRecent(contact)) {
                return Optional.of(contact);
            }
        }
        return Optional.empty();
    }

    /// Takes out a contact told to somebody, to see whether it lives.
    Optional<Contact> nextTold() {
        return told.isEmpty() ? Optional.empty() : Optional.of(told.removeFirst());
    }

    boolean hasWork() {
        return !newcomers.isEmpty() || !told.isEmpty();
    }

    /// How many contacts have been told.
    long toldCount() {
        return toldCount;
    }

    /// Adds to `nearest` those close to `target` that are fresh, at most one of a network, and
    /// counts all in it as told.
    void tell(Id target, Nearest nearest) {
        int home = cell(target);
        int cells = size == 0 ? 0 : Math.min(MAX_CELLS, 1 << cellBits);
        boolean isDone = false;
        for (int i = 0; i < cells && !isDone; i++) {
            long before = nearest.changes();
            see((home ^ i) * cellSize, nearest);
            isDone = nearest.isFull() && nearest.changes() == before;
        }
        for (int i = 0; i < nearest.size() && isInUse(); i++) {
            if (++toldCount % TOLD_PER_CHECK == 0 && told.size() < MAX_TOLD) {
                told.add(nearest.at(i));
            }
        }
    }

    private void see(int begin, Nearest nearest) {
        for (int i = begin; i < begin + cellSize; i++) {
            if (isFresh(i) && nearest.mayTake(high[i])) {
                nearest.offer(contact(i));
            }
        }
    }

    private Contact contact(int place) {
        return new Contact(
                new Id(high[place], middle[place], low[place]),
                new Endpoint(IpAddress.v4(address[place]), port[place]));
    }

    private int find(Contact contact) {
        if (!isInUse() || !contact.endpoint().isV4()) {
            return -1;
        }
        int begin = cell(contact.id()) * cellSize;
        for (int i = begin; i < begin + cellSize; i++) {
            if (seconds[i] != 0 && holds(i, contact.endpoint())) {
                return i;
            }
        }
        return -1;
    }

    private boolean holds(int place, Endpoint endpoint) {
        return address[place] == endpoint.address().v4Bits() && port[place] == endpoint.port();
    }

    private boolean isFresh(int place) {
        return seconds[place] != 0 && nowSeconds - seconds[place] < FRESH_SECONDS;
    }

    /// Local addresses are a network each, and those of one machine one for each port.
    private static boolean isSameNetwork(int held, IpAddress asked) {
        return held >>> Byte.SIZE == asked.v4Bits() >>> Byte.SIZE && !asked.isLocal();
    }

    private int cell(Id id) {
        return cellBits == 0 ? 0 : (int) (id.high() >>> (Long.SIZE - cellBits));
    }
}
