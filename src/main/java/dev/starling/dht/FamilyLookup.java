package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.lookup.Lookup;
import dev.starling.lookup.LookupEffect;
import dev.starling.lookup.LookupInput;
import dev.starling.lookup.LookupTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One lookup among the nodes of one address family, put on the wire.
final class FamilyLookup implements Asker {

    /// Who hears of the lookup; called outside the lookup's own steps.
    interface Owner {
        void answered(FamilyLookup lookup, Answer answer, Turn turn);

        /// This contact is among the closest that have answered; also heard after the end.
        void settled(Contact contact, Turn turn);

        void ended(FamilyLookup lookup, Turn turn);
    }

    private final Lookup lookup;
    private final boolean isV4;
    private final Question question;
    private final Queries queries;
    private final Owner owner;
    private final Asker surveyor = new Surveyor();
    private final List<Contact> settled = new ArrayList<>();
    private boolean wasOffered;
    private LookupEffect.@Nullable Finished finished;
    private boolean hasEnded;

    FamilyLookup(Lookup lookup, boolean isV4, Question question, Queries queries, Owner owner) {
        this.lookup = lookup;
        this.isV4 = isV4;
        this.question = question;
        this.queries = queries;
        this.owner = owner;
    }

    /// Offers those of `contacts` that are of this family.
    void offer(List<Contact> contacts, Turn turn) {
        var ours = contacts.stream().filter(contact -> contact.endpoint().isV4() == isV4).toList();
        if (!ours.isEmpty()) {
            wasOffered = true;
            handle(new LookupInput.Offered(ours), turn);
        }
    }

    /// Begins, with whatever contacts there are.
    void start(List<Contact> contacts, Turn turn) {
        var ours = contacts.stream().filter(contact -> contact.endpoint().isV4() == isV4).toList();
        wasOffered = !ours.isEmpty();
        handle(new LookupInput.Offered(ours), turn);
    }

    void noMoreOffers(Turn turn) {
        handle(new LookupInput.NoMoreOffers(), turn);
    }

    void cancel(Turn turn) {
        handle(new LookupInput.Cancel(), turn);
    }

    void expire(Turn turn) {
        if (!hasEnded) {
            lookup.expire(turn.nowNanos(), effect -> follow(effect, turn));
            tell(turn);
        }
    }

    long nextDeadlineNanos() {
        return hasEnded ? Long.MAX_VALUE : lookup.nextDeadlineNanos();
    }

    /// Whether it has ever been given a contact to begin with.
    boolean wasOffered() {
        return wasOffered;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /// How it ended.
    LookupEffect.Finished result() {
        if (finished == null) {
            throw new IllegalStateException("the lookup has not ended");
        }
        return finished;
    }

    LookupTrace trace() {
        return lookup.trace();
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        owner.answered(this, answer, turn);
        int peers = answer.peers().size();
        handle(new LookupInput.Answered(answer.from(), answer.contacts(), peers), turn);
    }

    @Override
    public void unanswered(Recipient recipient, Turn turn) {
        recipient.contact().ifPresent(contact -> handle(new LookupInput.Failed(contact), turn));
    }

    private void handle(LookupInput input, Turn turn) {
        lookup.handle(input, turn.nowNanos(), effect -> follow(effect, turn));
        tell(turn);
    }

    private void follow(LookupEffect effect, Turn turn) {
        switch (effect) {
            case LookupEffect.Ask(var contact) ->
                    queries.ask(question, new Recipient.Known(contact), this, turn);
            case LookupEffect.Settled(var contact) -> settled.add(contact);
            case LookupEffect.Survey(var contact, var point) ->
                    queries.ask(
                            new Question.FindNode(point),
                            new Recipient.Known(contact),
                            surveyor,
                            turn);
            case LookupEffect.GaveUp _ -> {} // the transaction's own timeout tells the table
            case LookupEffect.Finished end -> finished = end;
        }
    }

    /// Hears what is asked about other points than the target.
    private final class Surveyor implements Asker {
        @Override
        public void answered(Answer answer, Turn turn) {
            handle(new LookupInput.Surveyed(answer.from(), answer.contacts()), turn);
        }

        @Override
        public void unanswered(Recipient recipient, Turn turn) {}
    }

    /// The owner may touch any lookup in return, so it is told only after this one's step.
    private void tell(Turn turn) {
        while (!settled.isEmpty()) {
            owner.settled(settled.removeFirst(), turn);
        }
        if (finished != null && !hasEnded) {
            hasEnded = true;
            owner.ended(this, turn);
        }
    }
}
