package dev.starling.lookup;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All whom a lookup knows of: the shortlist, the crowd of those too close to be true, and who of
/// them has been asked. Takes what others name, and judges who is worth asking.
final class Candidates {

    /// Contacts taken from one answer: eight of each family (BEP 5, BEP 32). Some nodes send
    /// twenty; a liar sends what fits.
    static final int MAX_NAMED = 16;

    final Id target;
    final Shortlist shortlist;

    /// Candidates too close to be there by chance: asked beside the others, a few, but never in
    /// their place.
    final Shortlist crowd;

    final AskedContacts asked;
    private final Id selfId;
    private final Lookup.Settings settings;
    private final Density density;

    Candidates(Id selfId, Id target, Lookup.Settings settings, Density density) {
        this.selfId = selfId;
        this.target = target;
        this.settings = settings;
        this.density = density;
        shortlist = new Shortlist(target);
        crowd = new Shortlist(target);
        asked = new AskedContacts(settings.queryTimeoutNanos());
    }

    /// Somebody whom the owner knows.
    void offer(Contact contact) {
        offer(contact, null);
    }

    /// What `source` named when asked for another point.
    void surveyed(Contact source, List<Contact> contacts) {
        shortlist
                .find(source)
                .ifPresent(candidate ->
                        contacts.stream()
                                .limit(MAX_NAMED)
                                .forEach(named -> offer(named, candidate)));
    }

    /// Takes an answer, unless nobody was asked who may have given it.
    void answered(LookupInput.Answered answer, long nowNanos) {
        var contact = answer.contact();
        var pending = asked.pending(contact.endpoint());
        if (pending.isEmpty()) {
            return;
        }
        var candidate = pending.get();
        boolean isKnown = shortlist.hasAnswered(contact.id()) || crowd.hasAnswered(contact.id());
        if (contact.id().equals(selfId) || isKnown) {
            candidate.failed();
            return;
        }
        if (!contact.id().equals(candidate.contact.id())) {
            (crowd.holds(candidate) ? crowd : shortlist).identify(candidate, contact);
        }
        asked.answered(candidate, answer.values(), nowNanos);
        answer.closer().stream().limit(MAX_NAMED).forEach(named -> offer(named, candidate));
    }

    void failed(Contact contact) {
        asked.pending(contact.endpoint()).ifPresent(Candidate::failed);
    }

    /// How many of the closest are sought. Where several contacts have been named that are too
    /// close to be true, some of the k closest lie as well: half as many more make up for a third
    /// of liars. One alone may be there by chance.
    int sought() {
        int more = settings.k() / 2;
        return crowd.size() >= more ? settings.k() + more : settings.k();
    }

    /// The closest that have answered, closest first, as many as are sought.
    List<Contact> closest() {
        return shortlist.answered(sought());
    }

    /// The closest that have answered tell how dense the network is, once there are k.
    void learnDensity() {
        var nearest = shortlist.answered(settings.k());
        if (nearest.size() == settings.k()) {
            density.learn(target, nearest);
        }
    }

    /// Whether asking it may bring the lookup nearer.
    boolean isWorthAsking(Candidate candidate) {
        return candidate.state == Candidate.State.FRESH
                && !candidate.isDoubtful()
                && asked.count() < settings.maxQueries();
    }

    /// Whether a fresh candidate may be asked still.
    boolean mayAsk(Candidate candidate) {
        return asked.mayAsk(candidate.contact.endpoint())
                && !shortlist.hasAnswered(candidate.contact.id());
    }

    private void offer(Contact contact, @Nullable Candidate source) {
        var endpoint = contact.endpoint();
        boolean isOutOfPlace = // a private address means nothing to us if named from outside
                source != null
                        && source.contact.endpoint().address().isGlobal()
                        && !endpoint.address().isGlobal();
        if (!isOutOfPlace
                && endpoint.isReachable()
                && !contact.id().equals(selfId)
                && asked.mayAsk(endpoint)) {
            var list = density.isImplausible(target, contact.id()) ? crowd : shortlist;
            list.add(new Candidate(contact, source));
        }
    }
}
