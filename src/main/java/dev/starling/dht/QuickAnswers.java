package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.krpc.CommonAnswer;
import dev.starling.krpc.CommonQuery;
import dev.starling.krpc.CommonQuery.Kind;
import dev.starling.routing.InsertResult;
import dev.starling.routing.Nearest;
import dev.starling.routing.RoutingTable;
import java.nio.ByteBuffer;

/// Answers common queries straight from one buffer into another, making no objects: the hot path of
/// a node that many ask, see `docs/decisions/answering.md`.
///
/// It does what [Answering] does, byte for byte; what it does not recognise it leaves to that.
final class QuickAnswers {

    private final ContactTables tables;
    private final QueryResponder responder;
    private final Counters counters;
    private final Answering.Limits limits;
    private final CommonQuery query = new CommonQuery();
    private final CommonAnswer answer = new CommonAnswer();
    private final RecentAskers askers = new RecentAskers();
    private final Nearest nearestV4 = new Nearest(RoutingTable.BUCKET_SIZE);
    private final Nearest nearestV6 = new Nearest(RoutingTable.BUCKET_SIZE);
    private final long[] values = new long[QueryResponder.MAX_VALUES_V4];
    private int valueCount;

    QuickAnswers(
            ContactTables tables,
            QueryResponder responder,
            Counters counters,
            Answering.Limits limits) {
        this.tables = tables;
        this.responder = responder;
        this.counters = counters;
        this.limits = limits;
    }

    /// Answers what `from` asks, or refuses to; false where it is not for us, and nothing has
    /// happened.
    boolean answer(Endpoint from, ByteBuffer datagram, long nowNanos, DhtNode.Outgoing outgoing) {
        if (!query.read(datagram) || !isOurs(from, nowNanos)) {
            return false;
        }
        int queryBytes = datagram.remaining();
        var method = method();
        counters.received(queryBytes);
        counters.queried(method);
        var asker = askers.of(query, from);
        var heard = tables.of(from).queried(asker, nowNanos);
        tables.ring().asked(asker, nowNanos);
        if (!limits.rate().take(from.address(), nowNanos)) {
            counters.limited();
            return true;
        }
        work(from, nowNanos);
        var reply = compose(from, nowNanos, Brevity.FULL);
        boolean isContact = heard instanceof InsertResult.Refreshed;
        int excess = ReflectionGuard.excess(queryBytes, reply.remaining());
        if (!limits.guard().mayAnswer(from.address(), isContact, excess, nowNanos)) {
            reply = compose(from, nowNanos, Brevity.SHORT);
            if (reply.remaining() > ReflectionGuard.FREE_FACTOR * queryBytes) {
                counters.withheld();
                return true;
            }
            counters.shortened();
        }
        counters.answered(method);
        counters.sent(reply.remaining());
        outgoing.send(from, reply);
        return true;
    }

    private enum Brevity {
        FULL,
        /// As [ShortAnswer].
        SHORT
    }

    /// Whether it comes from where we can answer, with a token that counts, by the family whose
    /// peers fit into words.
    private boolean isOurs(Endpoint from, long nowNanos) {
        if (!from.isReachable() || !tables.speaks(from)) {
            return false;
        }
        return switch (query.kind()) {
            case PING, FIND_NODE -> true;
            case GET_PEERS -> from.isV4();
            case ANNOUNCE_PEER -> {
                var tokens = responder.tokens();
                boolean hasToken =
                        query.hasToken(tokens.issueWord(from.address(), nowNanos))
                                || query.hasToken(tokens.previousWord(from.address(), nowNanos));
                yield hasToken && responder.mayAnnounce(from.address(), nowNanos);
            }
        };
    }

    private Method method() {
        return switch (query.kind()) {
            case PING -> Method.PING;
            case FIND_NODE -> Method.FIND_NODE;
            case GET_PEERS -> Method.GET_PEERS;
            case ANNOUNCE_PEER -> Method.ANNOUNCE_PEER;
        };
    }

    /// What is done once, however long the answer may be.
    private void work(Endpoint from, long nowNanos) {
        valueCount = 0;
        switch (query.kind()) {
            case PING -> {}
            case FIND_NODE -> tables.tell(query.target(), nearestV4, nearestV6);
            case GET_PEERS -> {
                findPeers(from.address(), nowNanos);
                tables.tell(query.target(), nearestV4, nearestV6);
            }
            case ANNOUNCE_PEER -> {
                int port = query.isPortImplied() ? from.port() : query.port();
                var peer = port == from.port() ? from : new Endpoint(from.address(), port);
                responder.store(query.target(), peer, query.isSeed(), nowNanos);
                limits.guard().verified(from.address(), nowNanos);
            }
        }
    }

    private void findPeers(IpAddress asker, long nowNanos) {
        int found = responder.peersV4(query.target(), values, nowNanos);
        for (int i = 0; i < found; i++) {
            if (ContactFilter.fits(asker, values[i])) {
                values[valueCount++] = values[i];
            }
        }
    }

    private ByteBuffer compose(Endpoint from, long nowNanos, Brevity brevity) {
        answer.begin(from, tables.selfId());
        boolean isShort = brevity == Brevity.SHORT;
        if (query.kind() == Kind.FIND_NODE || query.kind() == Kind.GET_PEERS) {
            int limit = isShort ? ShortAnswer.maxContacts(valueCount > 0) : Integer.MAX_VALUE;
            int written = contacts(nearestV4, from, true, limit);
            contacts(nearestV6, from, false, limit - written);
        }
        if (query.kind() == Kind.GET_PEERS) {
            answer.token(responder.tokens().issueWord(from.address(), nowNanos));
            int count = isShort ? Math.min(valueCount, ShortAnswer.MAX_VALUES) : valueCount;
            for (int i = 0; i < count; i++) {
                answer.value(PackedPeer.addressOf(values[i]), PackedPeer.portOf(values[i]));
            }
        }
        return answer.end(query);
    }

    /// Writes those that the asker wants and may be told; how many.
    private int contacts(Nearest nearest, Endpoint from, boolean v4, int limit) {
        if (!query.wants(v4, from.isV4())) {
            return 0;
        }
        int count = 0;
        for (int i = 0; i < nearest.size() && count < limit; i++) {
            count += ContactFilter.fits(from.address(), nearest.at(i).endpoint()) ? 1 : 0;
        }
        answer.contacts(count, v4);
        int written = 0;
        for (int i = 0; written < count; i++) {
            if (ContactFilter.fits(from.address(), nearest.at(i).endpoint())) {
                answer.contact(nearest.at(i));
                written++;
            }
        }
        return count;
    }
}
