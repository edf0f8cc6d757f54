package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcResponse;
import dev.starling.lookup.RoundTripTimes;
import dev.starling.routing.InsertResult;

/// Takes what comes of our queries, an answer, an error or nothing, to all whom it concerns: the
/// table, the round-trip times, the vote on our address, the bootstrap and whoever asked.
///
/// What no query of ours called for is ignored.
final class Replies {

    private final Transactions transactions;
    private final ContactTables tables;
    private final RoundTripTimes times;
    private final Identity identity;
    private final Bootstrap bootstrap;
    private final Counters counters;
    private final Explorer explorer;
    private final LostContacts lost;

    Replies(Transactions transactions, ContactTables tables, Listeners listeners) {
        this.transactions = transactions;
        this.tables = tables;
        this.times = listeners.times();
        this.identity = listeners.identity();
        this.bootstrap = listeners.bootstrap();
        this.counters = listeners.counters();
        this.explorer = listeners.explorer();
        this.lost = listeners.lost();
    }

    /// Who hears of every answer.
    record Listeners(
            RoundTripTimes times,
            Identity identity,
            Bootstrap bootstrap,
            Explorer explorer,
            LostContacts lost,
            Counters counters) {}

    void take(KrpcResponse response, Endpoint from, Turn turn) {
        var closed = transactions.close(response.transaction(), from);
        if (closed.isEmpty()) {
            counters.unsolicited();
            return;
        }
        var query = closed.get();
        if (response.sender().equals(tables.selfId())) {
            query.asker().unanswered(query.recipient(), turn); // we have asked ourselves
            return;
        }
        var contact = new Contact(response.sender(), from);
        long rttNanos = turn.nowNanos() - query.askedNanos();
        times.answered(rttNanos);
        counters.heard(rttNanos);
        if (!(query.recipient() instanceof Recipient.Router)) {
            var result = tables.of(from).answered(contact, rttNanos, turn.nowNanos());
            if (result instanceof InsertResult.Replaced(var evicted)) {
                lost.add(evicted, turn);
            }
            tables.ring().at(turn.nowNanos());
            tables.ring().verified(contact);
        }
        if (query.recipient().mayBe(response.sender())) {
            var answer = answer(contact, response, rttNanos);
            if (!(query.recipient() instanceof Recipient.Router)) {
                bootstrap.heard(answer, turn);
                explorer.heard(answer);
            }
            query.asker().answered(answer, turn);
        } else {
            query.asker().unanswered(query.recipient(), turn);
        }
        identity.observe(from, response)
                .ifPresent(address -> {
                    turn.emit(new DhtEffect.IdChanged(tables.selfId(), address));
                    bootstrap.restart(turn);
                });
    }

    /// Whoever answers with an error lives, but is of no use to whoever asked.
    void take(KrpcError error, Endpoint from, Turn turn) {
        var closed = transactions.close(error.transaction(), from);
        if (closed.isEmpty()) {
            counters.unsolicited();
            return;
        }
        counters.refused();
        var query = closed.get();
        query.asker().refused(query.recipient(), error, turn);
    }

    void expire(Turn turn) {
        var overdue = transactions.nextOverdue(turn.nowNanos());
        while (overdue.isPresent()) {
            var query = overdue.get();
            counters.timedOut();
            query.recipient().contact().ifPresent(contact -> failed(contact, turn));
            times.unanswered();
            query.asker().unanswered(query.recipient(), turn);
            overdue = transactions.nextOverdue(turn.nowNanos());
        }
    }

    private void failed(Contact contact, Turn turn) {
        if (tables.of(contact.endpoint()).failed(contact, turn.nowNanos())) {
            lost.add(contact, turn);
        }
        tables.hearsay(contact.endpoint()).failed(contact);
        tables.ring().failed(contact);
    }

    long nextDeadlineNanos() {
        return transactions.nextDeadlineNanos();
    }

    private Answer answer(Contact from, KrpcResponse response, long rttNanos) {
        var address = from.endpoint().address();
        var contacts =
                response.nodes().stream()
                        .filter(contact -> ContactFilter.fits(address, contact.endpoint()))
                        .filter(contact -> tables.speaks(contact.endpoint()))
                        .toList();
        var peers =
                response.values().stream()
                        .filter(peer -> ContactFilter.fits(address, peer))
                        .toList();
        return new Answer(from, contacts, peers, response.token(), response.extra(), rttNanos);
    }
}
