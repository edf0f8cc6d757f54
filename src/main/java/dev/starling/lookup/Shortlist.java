package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The candidates of a lookup, closest to the target first (the "shortlist" of Kademlia's
/// implementations).
final class Shortlist {

    /// Candidates kept beside those asked; the farthest are dropped. Ten answers of eight contacts
    /// each, more than any lookup that converges looks back on.
    static final int MAX_FRESH = 80;

    private final Id target;
    private final List<Candidate> candidates = new ArrayList<>();
    private int fresh;

    Shortlist(Id target) {
        this.target = target;
    }

    int size() {
        return candidates.size();
    }

    Candidate at(int index) {
        return candidates.get(index);
    }

    /// Adds a fresh candidate unless this very contact is listed.
    void add(Candidate candidate) {
        int place = place(candidate.contact.id());
        for (int i = place; i < size() && at(i).contact.id().equals(candidate.contact.id()); i++) {
            if (at(i).contact.equals(candidate.contact)) {
                return;
            }
        }
        candidates.add(place, candidate);
        fresh++;
        if (fresh > MAX_FRESH) {
            dropFarthestFresh();
        }
    }

    void asked() {
        fresh--;
    }

    /// Leaves out a fresh candidate.
    void drop(int index) {
        candidates.remove(index);
        fresh--;
    }

    /// Moves a candidate that answered with another id than it was asked under.
    void identify(Candidate candidate, Contact contact) {
        candidates.remove(candidate);
        candidate.contact = contact;
        candidates.add(place(contact.id()), candidate);
    }

    /// How many of the `count` closest that may answer soon or have answered are in flight.
    int inFlight(int count) {
        int inFlight = 0;
        int closer = 0;
        for (int i = 0; i < size() && closer < count; i++) {
            var state = at(i).state;
            if (state != Candidate.State.STALLED && state != Candidate.State.FAILED) {
                closer++;
                inFlight += state == Candidate.State.IN_FLIGHT ? 1 : 0;
            }
        }
        return inFlight;
    }

    boolean holds(Candidate candidate) {
        return candidates.contains(candidate);
    }

    /// The candidate that is this very contact.
    Optional<Candidate> find(Contact contact) {
        return candidates.stream().filter(each -> each.contact.equals(contact)).findFirst();
    }

    /// Whether another candidate of this id has answered.
    boolean hasAnswered(Id id) {
        for (int i = place(id); i < size() && at(i).contact.id().equals(id); i++) {
            if (at(i).state == Candidate.State.ANSWERED) {
                return true;
            }
        }
        return false;
    }

    /// The closest that have answered, closest first.
    List<Candidate> answeredCandidates(int count) {
        return candidates.stream()
                .filter(candidate -> candidate.state == Candidate.State.ANSWERED)
                .limit(count)
                .toList();
    }

    List<Contact> answered(int count) {
        return answeredCandidates(count).stream().map(candidate -> candidate.contact).toList();
    }

    /// The index of the first candidate that is not closer than `id`.
    private int place(Id id) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (target.compareDistance(at(middle).contact.id(), id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void dropFarthestFresh() {
        int index = size() - 1;
        while (at(index).state != Candidate.State.FRESH) {
            index--;
        }
        drop(index);
    }
}
