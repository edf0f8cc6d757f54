package dev.starling.dht;

import dev.starling.id.Contact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Contacts that were in our table and fell silent for good, some of which we ask now and then
/// whether they are back.
///
/// Without them a network that fell into two parts for an hour would stay two networks: by then
/// neither knows anyone of the other, and both look healthy to themselves. One old contact that
/// answers names our neighbours on its side, and a lookup of our own id joins the two.
final class LostContacts implements Asker {

    /// A sample of those lost; one of them that lives again is enough.
    static final int MAX_LOST = 32;

    /// Between two questions; so 32 contacts are asked within three hours.
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final ContactTables tables;
    private final Queries queries;
    private final RandomGenerator random;
    private final List<Contact> lost = new ArrayList<>(0);
    private long nextNanos = Long.MAX_VALUE;

    /// Who leads the way back in.
    interface Guide {
        void lookUpOwnId(List<Contact> contacts, Turn turn);
    }

    private final Guide guide;

    LostContacts(ContactTables tables, Queries queries, RandomGenerator random, Guide guide) {
        this.tables = tables;
        this.queries = queries;
        this.random = random;
        this.guide = guide;
    }

    /// A member of a table has been given up; among many, each is as likely to be kept.
    void add(Contact contact, Turn turn) {
        if (lost.contains(contact)) {
            return;
        }
        if (lost.size() < MAX_LOST) {
            lost.add(contact);
        } else {
            lost.set(random.nextInt(MAX_LOST), contact);
        }
        nextNanos = Math.min(nextNanos, turn.nowNanos() + PAUSE.toNanos());
    }

    void expire(Turn turn) {
        if (turn.nowNanos() < nextNanos) {
            return;
        }
        if (lost.isEmpty()) {
            nextNanos = Long.MAX_VALUE;
            return;
        }
        nextNanos = turn.nowNanos() + PAUSE.toNanos();
        var contact = lost.get(random.nextInt(lost.size()));
        var question = new Question.FindNode(tables.selfId());
        queries.ask(question, new Recipient.Known(contact), this, turn);
    }

    long nextDeadlineNanos() {
        return nextNanos;
    }

    int size() {
        return lost.size();
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        lost.remove(answer.from());
        var contacts = new ArrayList<>(answer.contacts());
        contacts.add(answer.from());
        guide.lookUpOwnId(contacts, turn);
    }

    @Override
    public void unanswered(Recipient recipient, Turn turn) {}
}
