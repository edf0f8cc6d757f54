package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Want;
import dev.starling.krpc.KrpcResponse;
import dev.starling.krpc.KrpcResponse.Extra;
import dev.starling.routing.Nearest;
import dev.starling.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Answers queries (BEP 5, "DHT Queries"; BEP 33, 44, 51).
///
/// Every answer carries `ip`, where we saw the asker (BEP 42). None is larger than
/// [AnswerSize#MAX_BYTES], and so passes every path unbroken.
final class QueryResponder {

    /// Peers in one answer: 8 bytes each by IPv4, 21 by IPv6.
    static final int MAX_VALUES_V4 = 50;

    static final int MAX_VALUES_V6 = 25;

    /// Peers in an answer that has to make room for the filters of a scrape (BEP 33).
    static final int MAX_SCRAPED_VALUES_V4 = 25;

    static final int MAX_SCRAPED_VALUES_V6 = 10;

    private final ContactTables tables;
    private final PeerStore peers;
    private final StoredItems items;
    private final InfoHashSamples samples;
    private final Tokens tokens;

    /// Which peers are told is no secret, and a generator fit for secrets would cost more than the
    /// rest of the answer.
    private final RandomGenerator sampling;

    private final WallClock wallClock;
    private final RateLimit announces;

    /// Those of the last read; whole turns have them in common.
    private PeerStore.PeerQuery circumstances;

    QueryResponder(
            ContactTables tables, DhtStores stores, WallClock wallClock, RandomGenerator random) {
        this.tables = tables;
        this.peers = stores.peers();
        this.items = new StoredItems(stores.items(), wallClock);
        this.tokens = new Tokens(random);
        sampling = new SplittableRandom(random.nextLong());
        this.samples = new InfoHashSamples(peers, sampling);
        this.wallClock = wallClock;
        announces = RateLimit.ofAnnounces(random);
        circumstances = new PeerStore.PeerQuery(Long.MIN_VALUE, sampling);
    }

    KrpcMessage answer(KrpcQuery query, Endpoint from, long nowNanos) {
        var reply = new Reply(query.transaction(), from);
        return switch (query) {
            case KrpcQuery.Ping _ -> reply.empty();
            case KrpcQuery.FindNode(_, var target, var want) -> reply.nodes(target, want);
            case KrpcQuery.GetPeers get -> reply.peers(get, nowNanos);
            case KrpcQuery.AnnouncePeer announce -> announce(announce, reply, nowNanos);
            case KrpcQuery.Get get -> reply.item(get, nowNanos);
            case KrpcQuery.Put put -> put(put, reply, nowNanos);
            case KrpcQuery.SampleInfohashes(_, var target, var want) ->
                    reply.samples(target, want, nowNanos);
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
        if (!mayAnnounce(from.address(), nowNanos)) {
            return reply.error(KrpcError.SERVER, "too many announces from one address");
        }
        var peer = new Endpoint(from.address(), port);
        store(announce.infoHash(), peer, announce.seed(), nowNanos);
        return reply.empty();
    }

    /// Whether the source may announce once more; if so it is counted.
    boolean mayAnnounce(IpAddress source, long nowNanos) {
        return announces.take(source, nowNanos);
    }

    /// Keeps a peer that announced itself with a token.
    void store(Id infoHash, Endpoint peer, boolean seed, long nowNanos) {
        peers.announce(infoHash, peer, seed, wallClock.millis(nowNanos));
    }

    /// Fills `into` with packed peers to tell; how many.
    int peersV4(Id infoHash, long[] into, long nowNanos) {
        return peers.peersV4(infoHash, into, false, circumstances(nowNanos));
    }

    Tokens tokens() {
        return tokens;
    }

    private PeerStore.PeerQuery circumstances(long nowNanos) {
        long nowMillis = wallClock.millis(nowNanos);
        if (circumstances.nowMillis() != nowMillis) {
            circumstances = new PeerStore.PeerQuery(nowMillis, sampling);
        }
        return circumstances;
    }

    private KrpcMessage put(KrpcQuery.Put put, Reply reply, long nowNanos) {
        var source = reply.to.address();
        if (!tokens.isValid(put.token(), source, nowNanos)) {
            return reply.error(KrpcError.PROTOCOL, "bad token");
        }
        var refusal = items.put(put, source, nowNanos);
        return refusal.isEmpty()
                ? reply.empty()
                : reply.error(refusal.get().code(), refusal.get().text());
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
            return response(List.of(), List.of(), ByteString.EMPTY, Extra.NONE);
        }

        KrpcResponse nodes(Id target, Want want) {
            return response(closest(target, want), List.of(), ByteString.EMPTY, Extra.NONE);
        }

        KrpcResponse item(KrpcQuery.Get get, long nowNanos) {
            var found = items.find(get, nowNanos);
            var token = tokens.issue(to.address(), nowNanos);
            var contacts = closest(get.target(), get.want());
            var fitting = AnswerSize.besideItem(found, transaction.lengthBytes(), contacts);
            return response(fitting, List.of(), token, found);
        }

        KrpcResponse samples(Id target, Want want, long nowNanos) {
            var contacts = closest(target, want);
            int limit = AnswerSize.samplesBeside(contacts, transaction.lengthBytes());
            return response(contacts, List.of(), ByteString.EMPTY, samples.take(limit, nowNanos));
        }

        KrpcResponse peers(KrpcQuery.GetPeers query, long nowNanos) {
            var scrape =
                    query.scrape()
                            ? peers.scrape(query.infoHash(), wallClock.millis(nowNanos))
                            : Optional.<PeerStore.Scrape>empty();
            boolean v4 = to.isV4();
            int limit = limit(scrape.isPresent());
            var values = new ArrayList<Endpoint>();
            for (var peer :
                    peers.peers(
                            query.infoHash(), v4, limit, query.noSeed(), circumstances(nowNanos))) {
                if (ContactFilter.fits(to.address(), peer)) {
                    values.add(peer);
                }
            }
            var token = tokens.issue(to.address(), nowNanos);
            if (scrape.isEmpty()) {
                var contacts = closest(query.infoHash(), query.want());
                return response(contacts, values, token, Extra.NONE);
            }
            var filters = scrape.get();
            return response(
                    closest(query.infoHash(), Want.UNSPECIFIED),
                    values,
                    token,
                    new KrpcResponse.Scrape(filters.peers().bytes(), filters.seeds().bytes()));
        }

        private int limit(boolean isScrape) {
            if (to.isV4()) {
                return isScrape ? MAX_SCRAPED_VALUES_V4 : MAX_VALUES_V4;
            }
            return isScrape ? MAX_SCRAPED_VALUES_V6 : MAX_VALUES_V6;
        }

        KrpcError error(int code, String text) {
            return new KrpcError(transaction, code, text, Optional.of(to));
        }

        private KrpcResponse response(
                List<Contact> nodes, List<Endpoint> values, ByteString token, Extra extra) {
            return new KrpcResponse(
                    transaction,
                    tables.selfId(),
                    nodes,
                    values,
                    token,
                    Optional.of(to),
                    KrpcCodec.VERSION,
                    extra);
        }

        private List<Contact> closest(Id target, Want want) {
            boolean v4 = want.isUnspecified() ? to.isV4() : want.v4();
            boolean v6 = want.isUnspecified() ? !to.isV4() : want.v6();
            var contacts = new ArrayList<Contact>(2 * RoutingTable.BUCKET_SIZE);
            var nearestV4 = new Nearest(RoutingTable.BUCKET_SIZE);
            var nearestV6 = new Nearest(RoutingTable.BUCKET_SIZE);
            tables.tell(target, nearestV4, nearestV6);
            if (v4) {
                addFitting(nearestV4, contacts);
            }
            if (v6) {
                addFitting(nearestV6, contacts);
            }
            return contacts;
        }

        private void addFitting(Nearest nearest, List<Contact> contacts) {
            for (int i = 0; i < nearest.size(); i++) {
                if (ContactFilter.fits(to.address(), nearest.at(i).endpoint())) {
                    contacts.add(nearest.at(i));
                }
            }
        }
    }
}
