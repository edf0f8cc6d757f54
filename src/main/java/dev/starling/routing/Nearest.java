package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.Arrays;
import java.util.List;

/// The contacts closest to a target among those seen so far, at most a given count, in order. May
/// be used again for another target.
public final class Nearest {

    /// So few are sorted sooner than divided.
    private static final int FEW = 3;

    private final Contact[] contacts;
    private long high; // the target's
    private long middle;
    private int low;
    private int size;
    private long changes;

    public Nearest(int count) {
        contacts = new Contact[count];
    }

    /// Forgets what it has seen.
    public void begin(Id target) {
        high = target.high();
        middle = target.middle();
        low = target.low();
        size = 0;
    }

    public int size() {
        return size;
    }

    /// The contact that so many are closer than.
    public Contact at(int index) {
        return contacts[index];
    }

    public boolean isFull() {
        return size == contacts.length;
    }

    /// Grows with every contact taken by [#offer].
    public long changes() {
        return changes;
    }

    /// Whether a contact whose id begins so may be among the closest.
    public boolean mayTake(long idHigh) {
        return !isFull()
                || Long.compareUnsigned(high ^ idHigh, high ^ contacts[size - 1].id().high()) <= 0;
    }

    /// Takes a contact if it is among the closest, but of one network the closest alone.
    public void offer(Contact contact) {
        for (int i = 0; i < size; i++) {
            if (isSameParty(contacts[i], contact)) {
                if (!isCloser(contact.id(), contacts[i].id())) {
                    return;
                }
                size--;
                System.arraycopy(contacts, i + 1, contacts, i, size - i);
                break;
            }
        }
        if (!isFull() || isCloser(contact.id(), contacts[size - 1].id())) {
            see(contact);
            changes++;
        }
    }

    private static boolean isSameParty(Contact one, Contact other) {
        var address = one.endpoint().address();
        return one.id().equals(other.id())
                || (address.isLocal()
                        ? one.endpoint().equals(other.endpoint())
                        : address.subnet().equals(other.endpoint().address().subnet()));
    }

    /// Takes the members of a bucket all of which are farther than those seen before, in order and
    /// only as many as there is place for.
    ///
    /// The ids of a bucket are a sorted list, so those that agree with the target in a bit lie
    /// beside each other, and all of them are closer than those that do not: half after half.
    void seeNext(Bucket bucket) {
        seeNext(bucket.members, 0, bucket.members.size());
    }

    private void seeNext(EntryList members, int from, int to) {
        if (isFull()) {
            return;
        }
        long differing =
                to - from <= FEW ? 0 : members.at(from).idHigh() ^ members.at(to - 1).idHigh();
        if (differing == 0) {
            for (int i = from; i < to; i++) {
                see(members.at(i));
            }
            return;
        }
        int bit = Long.numberOfLeadingZeros(differing);
        int middle = members.split(from, to, bit);
        if ((high << bit) < 0) {
            seeNext(members, middle, to);
            seeNext(members, from, middle);
        } else {
            seeNext(members, from, middle);
            seeNext(members, middle, to);
        }
    }

    /// Takes members of a bucket that may be closer than those seen before.
    void see(Bucket bucket) {
        for (int i = 0; i < bucket.members.size(); i++) {
            see(bucket.members.at(i));
        }
    }

    private void see(TableEntry entry) {
        if (!entry.isBad()) {
            see(entry.contact());
        }
    }

    private void see(Contact contact) {
        int place = size;
        while (place > 0 && isCloser(contact.id(), contacts[place - 1].id())) {
            place--;
        }
        if (place == contacts.length) {
            return;
        }
        int moved = Math.min(size, contacts.length - 1) - place;
        System.arraycopy(contacts, place, contacts, place + 1, moved);
        contacts[place] = contact;
        size = Math.min(size + 1, contacts.length);
    }

    private boolean isCloser(Id a, Id b) {
        int order = Long.compareUnsigned(high ^ a.high(), high ^ b.high());
        if (order == 0) {
            order = Long.compareUnsigned(middle ^ a.middle(), middle ^ b.middle());
        }
        return order == 0 ? Integer.compareUnsigned(low ^ a.low(), low ^ b.low()) < 0 : order < 0;
    }

    List<Contact> toList() {
        return List.of(Arrays.copyOf(contacts, size));
    }
}
