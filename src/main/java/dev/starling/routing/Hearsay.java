package dev.starling.routing;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Contacts that others have named, all over the keyspace, for lookups to begin closer to their
/// targets than k-buckets allow.
///
/// A k-bucket table knows few nodes far from its own id, and most targets are far. Every answer to
/// any query names eight contacts more, of which most are forgotten at once; here the latest are
/// kept, up to [#PER_REGION] in each of [#REGIONS] equal regions of the keyspace. The closest of
/// sixteen thousand names shares fourteen bits with any target.
///
/// None of this is verified: it is used for our own lookups, beside the contacts of the table, and
/// never told to others. Who has named much gets no more than the places of the regions named, a
/// subnet one place in a region (local addresses exempt), and who does not answer is forgotten.
/// Confined to its node's thread; a full one takes about 2.5 MB.
public final class Hearsay {

    private static final int REGION_BITS = 11;

    /// Regions of the keyspace, by the first bits of the id.
    static final int REGIONS = 1 << REGION_BITS;

    /// Names kept in a region. The latest displace the eldest.
    static final int PER_REGION = 8;

    /// Each in the order heard; created when first needed, so that an unused one takes no memory.
    private final List<List<Name>> regions = new ArrayList<>();

    private int size;
    private int unexplored;

    private static final class Name {
        final Contact contact;
        boolean isExplored;

        Name(Contact contact) {
            this.contact = contact;
        }
    }

    public int size() {
        return size;
    }

    /// Somebody has named this contact.
    public void named(Contact contact) {
        while (regions.size() < REGIONS) {
            regions.add(new ArrayList<>(0));
        }
        var region = regions.get(region(contact.id()));
        for (var name : region) {
            if (isRival(name.contact, contact)) {
                return;
            }
        }
        if (region.size() == PER_REGION) {
            forget(region, region.getFirst());
        }
        region.add(new Name(contact));
        size++;
        unexplored++;
    }

    /// This contact has not answered.
    public void failed(Contact contact) {
        if (regions.isEmpty()) {
            return;
        }
        var region = regions.get(region(contact.id()));
        region.stream()
                .filter(name -> name.contact.equals(contact))
                .findAny()
                .ifPresent(name -> forget(region, name));
    }

    /// The names closest to `target`, closest first.
    public List<Contact> closest(Id target, int count) {
        var near = new ArrayList<Contact>();
        int home = region(target);
        for (int i = 0; i < regions.size() && near.size() < count; i++) {
            var region = regions.get(home ^ i).stream().map(name -> name.contact);
            near.addAll(region.sorted((a, b) -> target.compareDistance(a.id(), b.id())).toList());
        }
        return near.subList(0, Math.min(count, near.size()));
    }

    /// Any contact that has not been given here before.
    public Optional<Contact> nextToExplore(RandomGenerator random) {
        if (unexplored == 0) {
            return Optional.empty();
        }
        int place = random.nextInt(REGIONS);
        for (int i = 0; i < REGIONS; i++) {
            for (var name : regions.get(place ^ i)) {
                if (!name.isExplored) {
                    name.isExplored = true;
                    unexplored--;
                    return Optional.of(name.contact);
                }
            }
        }
        throw new IllegalStateException(unexplored + " names to explore are in no region");
    }

    /// Whether [#nextToExplore] would give a contact.
    public boolean hasUnexplored() {
        return unexplored > 0;
    }

    private void forget(List<Name> region, Name name) {
        region.remove(name);
        size--;
        unexplored -= name.isExplored ? 0 : 1;
    }

    private static boolean isRival(Contact held, Contact other) {
        Endpoint a = held.endpoint();
        Endpoint b = other.endpoint();
        return b.address().isLocal()
                ? a.equals(b)
                : a.address().subnet().equals(b.address().subnet());
    }

    private static int region(Id id) {
        return (int) (id.high() >>> (64 - REGION_BITS));
    }
}
