package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Want;
import dev.starling.krpc.KrpcResponse;
import dev.starling.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Answers queries (BEP 5, "DHT Queries").
///
/// Every answer carries `ip`, where we saw the asker (BEP 42). The largest holds 50 peers and eight
/// contacts of each family, 1,199 bytes, and so passes every path unbroken.
final class QueryResponder {

    /// Peers in one answer: 8 bytes each by IPv4, 21 by IPv6.
    static final int MAX_VALUES_V4 = 50;

    static final int MAX_VALUES_V6 = 25;

    private final ContactTables tables;
    private final PeerStore peers;
    private final Tokens tokens;

    /// Which peers are told is no secret, and a generator fit for secrets would cost more than the
    /// rest of the answer.
    private final RandomGenerator sampling;

    private final WallClock wallClock;

    QueryResponder(
            ContactTables tables, PeerStore peers, WallClock wallClock, RandomGenerator random) {
        this.tables = tables;
        this.peers = peers;
        this.tokens = new Tokens(random);
        sampling = new SplittableRandom(random.nextLong());
        this.wallClock = wallClock;
    }

    KrpcMessage answer(KrpcQuery query, Endpoint from, long nowNanos) {
        var reply = new Reply(query.transaction(), from);
        return switch (query) {
            case KrpcQuery.Ping _ -> reply.empty();
            case KrpcQuery.FindNode(_, var target, var want) -> reply.nodes(target, want);
            case KrpcQuery.GetPeers get -> reply.peers(get, nowNanos);
            case KrpcQuery.AnnouncePeer announce -> announce(announce, reply, nowNanos);
            case KrpcQuery.Unknown(_, _, var target, var want) ->
                    target.isPresent()
                            ? reply.nodes(target.get(), want)
                            : reply.error(KrpcError.METHOD_UNKNOWN, "method unknown");
        };
    }

    private KrpcMessage announce(KrpcQuery.AnnouncePeer announce, Reply reply, long nowNanos) {
        var from = reply.to;
        if (!tokens.isValid(announce.token(), from.address(), nowNanos)) {
            return reply.error(KrpcError.PROTOCOL, "bad token");
        }
        int port = announce.impliedPort() ? from.port() : announce.port();
        if (port == 0) {
            return reply.error(KrpcError.PROTOCOL, "port 0 cannot be called");
        }
        var peer = new Endpoint(from.address(), port);
        peers.announce(announce.infoHash(), peer, announce.seed(), wallClock.millis(nowNanos));
        return reply.empty();
    }

    /// The answer to one query.
    private final class Reply {
        private final ByteString transaction;
        private final Endpoint to;

        Reply(ByteString transaction, Endpoint to) {
            this.transaction = transaction;
            this.to = to;
        }

        KrpcResponse empty() {
            return response(List.of(), List.of(), ByteString.EMPTY);
        }

        KrpcResponse nodes(Id target, Want want) {
            return response(closest(target, want), List.of(), ByteString.EMPTY);
        }

        KrpcResponse peers(KrpcQuery.GetPeers query, long nowNanos) {
            boolean v4 = to.isV4();
            int limit = v4 ? MAX_VALUES_V4 : MAX_VALUES_V6;
            var circumstances = new PeerStore.PeerQuery(wallClock.millis(nowNanos), sampling);
            var values = new ArrayList<Endpoint>();
            for (var peer :
                    peers.peers(query.infoHash(), v4, limit, query.noSeed(), circumstances)) {
                if (ContactFilter.fits(to.address(), peer)) {
                    values.add(peer);
                }
            }
            var token = tokens.issue(to.address(), nowNanos);
            return response(closest(query.infoHash(), query.want()), values, token);
        }

        KrpcError error(int code, String text) {
            return new KrpcError(transaction, code, text, Optional.of(to));
        }

        private KrpcResponse response(
                List<Contact> nodes, List<Endpoint> values, ByteString token) {
            return new KrpcResponse(
                    transaction,
                    tables.selfId(),
                    nodes,
                    values,
                    token,
                    Optional.of(to),
                    KrpcCodec.VERSION);
        }

        private List<Contact> closest(Id target, Want want) {
            boolean v4 = want.isUnspecified() ? to.isV4() : want.v4();
            boolean v6 = want.isUnspecified() ? !to.isV4() : want.v6();
            var contacts = new ArrayList<Contact>(2 * RoutingTable.BUCKET_SIZE);
            for (var contact : tables.closest(target, RoutingTable.BUCKET_SIZE)) {
                var endpoint = contact.endpoint();
                boolean isWanted = endpoint.isV4() ? v4 : v6;
                if (isWanted && ContactFilter.fits(to.address(), endpoint)) {
                    contacts.add(contact);
                }
            }
            return contacts;
        }
    }
}
