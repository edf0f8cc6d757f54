package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.Arrays;
import java.util.List;

/// The contacts closest to a target among those seen so far, at most a given count, in order.
final class Nearest {

    private final Id target;
    private final Contact[] contacts;
    private int size;

    Nearest(Id target, int count) {
        this.target = target;
        contacts = new Contact[count];
    }

    boolean isFull() {
        return size == contacts.length;
    }

    /// Takes every member of `bucket` that is not bad.
    void see(Bucket bucket) {
        for (int i = 0; i < bucket.members.size(); i++) {
            var entry = bucket.members.at(i);
            if (!entry.isBad()) {
                see(entry.contact());
            }
        }
    }

    private void see(Contact contact) {
        int place = size;
        while (place > 0 && target.compareDistance(contact.id(), contacts[place - 1].id()) < 0) {
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

    List<Contact> toList() {
        return List.of(Arrays.copyOf(contacts, size));
    }
}
