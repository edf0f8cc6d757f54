package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import dev.starling.routing.InsertResult;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Decides whether a stranger is answered, and how fully; what the answer is, [QueryResponder]
/// knows.
final class Answering {

    private final ContactTables tables;
    private final QueryResponder responder;
    private final Outlet outlet;
    private final Counters counters;
    private final RateLimit rateLimit;
    private final ReflectionGuard guard;

    /// What one source may have.
    record Limits(RateLimit rate, ReflectionGuard guard) {
        static Limits random(RandomGenerator random) {
            return new Limits(RateLimit.ofAnswers(random), new ReflectionGuard(random));
        }
    }

    Answering(ContactTables tables, QueryResponder responder, Outlet outlet, Limits limits) {
        this.tables = tables;
        this.responder = responder;
        this.outlet = outlet;
        counters = outlet.counters();
        rateLimit = limits.rate();
        guard = limits.guard();
    }

    void limit(DhtBounds bounds) {
        rateLimit.limit(bounds.answersPerSecond(), bounds.burst());
    }

    /// The same answers on the hot path.
    QuickAnswers quick() {
        return new QuickAnswers(tables, responder, counters, new Limits(rateLimit, guard));
    }

    /// Answers a query of `queryBytes`.
    void answer(KrpcQuery query, Endpoint from, int queryBytes, Turn turn) {
        var method = Method.of(query);
        counters.queried(method);
        boolean isContact = hear(query, from, turn);
        var source = from.address();
        if (!rateLimit.take(source, turn.nowNanos())) {
            counters.limited();
            return;
        }
        var answer = responder.answer(query, from, turn.nowNanos());
        if (hasReturnedToken(query, answer)) {
            guard.verified(source, turn.nowNanos());
        }
        var datagram = outlet.encode(answer);
        if (!mayAnswer(from, isContact, queryBytes, datagram, turn)) {
            datagram = outlet.encode(ShortAnswer.of(answer));
            if (datagram.remaining() > ReflectionGuard.FREE_FACTOR * queryBytes) {
                counters.withheld();
                return;
            }
            counters.shortened();
        }
        if (answer instanceof KrpcResponse) {
            counters.answered(method);
        }
        outlet.send(from, answer, datagram, turn);
    }

    /// Tells the sender of a query of `queryBytes` what is wrong with it.
    void refuse(KrpcError error, Endpoint from, int queryBytes, Turn turn) {
        if (!rateLimit.take(from.address(), turn.nowNanos())) {
            counters.limited();
            return;
        }
        var seen =
                new KrpcError(
                        error.transaction(), error.code(), error.message(), Optional.of(from));
        var datagram = outlet.encode(seen);
        if (mayAnswer(from, false, queryBytes, datagram, turn)) {
            outlet.send(from, seen, datagram, turn);
        } else {
            counters.withheld();
        }
    }

    private boolean mayAnswer(
            Endpoint from, boolean isContact, int queryBytes, ByteBuffer datagram, Turn turn) {
        int excess = ReflectionGuard.excess(queryBytes, datagram.remaining());
        return guard.mayAnswer(from.address(), isContact, excess, turn.nowNanos());
    }

    /// Notes the asker; true if it has answered a query of ours before.
    private boolean hear(KrpcQuery query, Endpoint from, Turn turn) {
        if (query.header().readOnly()) {
            return false;
        }
        var contact = new Contact(query.header().sender(), from);
        tables.ring().asked(contact, turn.nowNanos());
        return tables.of(from).queried(contact, turn.nowNanos()) instanceof InsertResult.Refreshed;
    }

    private static boolean hasReturnedToken(KrpcQuery query, KrpcMessage answer) {
        return (query instanceof KrpcQuery.AnnouncePeer || query instanceof KrpcQuery.Put)
                && answer instanceof KrpcResponse;
    }
}
