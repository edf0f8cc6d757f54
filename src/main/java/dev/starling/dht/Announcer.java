package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Announces us to the nodes closest to an infohash, or gives them an item, each with the token it
/// gave us (BEP 5, "announce_peer"; BEP 44), and again where a try is not acknowledged.
final class Announcer implements Asker {

    /// A packet or its acknowledgement is taken for lost after this.
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

    private static final int MAX_TRIES = 3;

    /// Refusals kept to be told.
    private static final int MAX_REFUSALS = 16;

    private final Function<ByteString, Question> question;
    private final Queries queries;
    private final List<DhtEffect.Refusal> refusals = new ArrayList<>();

    /// Bounded by the queries of a lookup.
    private final Map<Endpoint, ByteString> tokens = new LinkedHashMap<>();

    private final Map<Endpoint, Attempt> attempts = new LinkedHashMap<>();
    private int acknowledged;

    /// An announce to one node that is not acknowledged yet.
    private static final class Attempt {
        final Contact contact;
        long askedNanos;
        int tries;
        int underWay;

        Attempt(Contact contact) {
            this.contact = contact;
        }

        long nextNanos() {
            return tries < MAX_TRIES ? askedNanos + TRY_AGAIN_AFTER.toNanos() : Long.MAX_VALUE;
        }
    }

    /// @param question what to say with a token
    Announcer(Function<ByteString, Question> question, Queries queries) {
        this.question = question;
        this.queries = queries;
    }

    /// Remembers the token of an answer.
    void learn(Answer answer) {
        if (!answer.token().isEmpty()) {
            tokens.put(answer.from().endpoint(), answer.token());
        }
    }

    /// Announces to this contact if it gave a token.
    void announceTo(Contact contact, Turn turn) {
        if (tokens.containsKey(contact.endpoint())) {
            var attempt = new Attempt(contact);
            attempts.put(contact.endpoint(), attempt);
            ask(attempt, turn);
        }
    }

    void expire(Turn turn) {
        for (var attempt : attempts.values()) {
            if (attempt.nextNanos() <= turn.nowNanos()) {
                ask(attempt, turn);
            }
        }
    }

    long nextDeadlineNanos() {
        long deadlineNanos = Long.MAX_VALUE;
        for (var attempt : attempts.values()) {
            deadlineNanos = Math.min(deadlineNanos, attempt.nextNanos());
        }
        return deadlineNanos;
    }

    /// Nodes that have acknowledged.
    int acknowledged() {
        return acknowledged;
    }

    /// Whether every node announced to has acknowledged or been given up.
    boolean isSettled() {
        return attempts.isEmpty();
    }

    /// Why nodes did not take it.
    List<DhtEffect.Refusal> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void refused(Recipient recipient, KrpcError error, Turn turn) {
        if (refusals.size() < MAX_REFUSALS) {
            refusals.add(
                    new DhtEffect.Refusal(recipient.endpoint(), error.code(), error.message()));
        }
        unanswered(recipient, turn);
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        if (attempts.remove(answer.from().endpoint()) != null) {
            acknowledged++;
        }
    }

    /// A refusal comes while nothing else is under way, and asking again would not change it.
    @Override
    public void unanswered(Recipient recipient, Turn turn) {
        var attempt = attempts.get(recipient.endpoint());
        if (attempt != null && --attempt.underWay == 0) {
            attempts.remove(recipient.endpoint());
        }
    }

    private void ask(Attempt attempt, Turn turn) {
        attempt.askedNanos = turn.nowNanos();
        attempt.tries++;
        attempt.underWay++;
        var token = tokens.getOrDefault(attempt.contact.endpoint(), ByteString.EMPTY);
        queries.ask(question.apply(token), new Recipient.Known(attempt.contact), this, turn);
    }
}
