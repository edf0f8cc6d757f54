package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import dev.starling.lookup.SyntheticDht;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// One real node on virtual time among the nodes of a [SyntheticDht], which answer its datagrams.
/// Every infohash has a peer, kept by the eight closest live nodes.
final class SyntheticNetwork {

    private static final Endpoint PEER = DhtProbe.endpoint("9.8.7.6:5");

    private record Event(long nanos, long order, Endpoint from, ByteBuffer datagram) {}

    private final SyntheticDht dht;
    private final double lossShare;
    private final SplittableRandom random;
    private final KrpcCodec codec = new KrpcCodec();
    private final Map<Id, SearchRecord> records = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) ->
                    a.nanos != b.nanos
                            ? Long.compare(a.nanos, b.nanos)
                            : Long.compare(a.order, b.order));
    final DhtNode node;
    long nowNanos;
    int queries;
    private long order;

    SyntheticNetwork(SyntheticDht dht, double lossShare, long seed) {
        this.dht = dht;
        this.lossShare = lossShare;
        random = new SplittableRandom(seed);
        var settings = new DhtNode.Settings(Id.random(random), true, true, false, 0, true, 0);
        node = new DhtNode(settings, new MemoryPeerStore(), random.split());
    }

    /// Begins with one live node's address.
    void join() {
        int first = 0;
        while (!dht.isLive(first) || dht.isLiar(first) || dht.isSybil(first)) {
            first++;
        }
        var router = dht.contact(first).endpoint();
        node.handle(new DhtInput.Bootstrap(List.of(), List.of(router)), nowNanos, this::follow);
    }

    /// Begins to look for the peers of `target` and to announce.
    SearchRecord search(Id target) {
        var record = new SearchRecord(dht.truth(target, SyntheticDht.K), nowNanos);
        records.put(target, record);
        var announce = Optional.of(new DhtInput.Announce(6881, false, false));
        node.handle(
                new DhtInput.FindPeers(records.size(), target, announce), nowNanos, this::follow);
        return record;
    }

    void run(Duration time) {
        long endNanos = nowNanos + time.toNanos();
        while (true) {
            var event = events.peek();
            long eventNanos = event == null ? Long.MAX_VALUE : event.nanos;
            long nextNanos = Math.min(eventNanos, node.nextDeadlineNanos());
            if (nextNanos > endNanos) {
                break;
            }
            nowNanos = Math.max(nowNanos, nextNanos);
            if (event != null && eventNanos == nextNanos) {
                events.poll();
                node.handle(
                        new DhtInput.Datagram(event.from, event.datagram), nowNanos, this::follow);
            }
            node.expire(nowNanos, this::follow);
        }
        nowNanos = endNanos;
    }

    private void follow(DhtEffect effect) {
        if (effect instanceof DhtEffect.Send(var to, var datagram)) {
            queries++;
            if (codec.decode(datagram) instanceof KrpcCodec.Message(KrpcQuery query)) {
                receive(query, to);
            }
        }
    }

    private void receive(KrpcQuery query, Endpoint to) {
        int index = dht.nodeAt(to);
        var record = target(query).map(records::get);
        record.ifPresent(r -> r.asked(query, nowNanos));
        if (index < 0 || !dht.isLive(index) || random.nextDouble() < lossShare) {
            return;
        }
        record.ifPresent(r -> r.received(query, dht.contact(index), nowNanos));
        boolean isHolder =
                query instanceof KrpcQuery.GetPeers
                        && record.isPresent()
                        && record.get().isHolder(dht.contact(index));
        long dueNanos = nowNanos + dht.rttNanos(index, random);
        if (random.nextDouble() >= lossShare) {
            if (isHolder) {
                record.ifPresent(r -> r.answersWithPeers(dueNanos));
            }
            events.add(new Event(dueNanos, order++, to, encode(reply(query, index, isHolder))));
        }
    }

    private KrpcMessage reply(KrpcQuery query, int index, boolean isHolder) {
        var nodes = target(query).map(point -> dht.answer(index, point)).orElse(List.of());
        return new KrpcResponse(
                query.transaction(),
                dht.contact(index).id(),
                nodes,
                isHolder ? List.of(PEER) : List.of(),
                query instanceof KrpcQuery.GetPeers ? ByteString.utf8("token") : ByteString.EMPTY,
                Optional.empty(),
                ByteString.EMPTY);
    }

    private ByteBuffer encode(KrpcMessage message) {
        var view = codec.encode(message);
        var copy = ByteBuffer.allocate(view.remaining());
        copy.put(view).flip();
        return copy;
    }

    private static Optional<Id> target(KrpcQuery query) {
        if (query instanceof KrpcQuery.FindNode find) {
            return Optional.of(find.target());
        }
        if (query instanceof KrpcQuery.AnnouncePeer announce) {
            return Optional.of(announce.infoHash());
        }
        return query instanceof KrpcQuery.GetPeers get
                ? Optional.of(get.infoHash())
                : Optional.empty();
    }

    /// What one search did, as the network saw it.
    static final class SearchRecord {
        private final List<Contact> holders;
        private final long beganNanos;
        private final List<Contact> announced = new ArrayList<>();
        private final List<Long> askedNanos = new ArrayList<>();
        double firstMillis = -1;
        double lastAnnounceMillis = -1;
        int queries;
        int announces;

        SearchRecord(List<Contact> holders, long beganNanos) {
            this.holders = holders;
            this.beganNanos = beganNanos;
        }

        boolean isHolder(Contact contact) {
            return holders.contains(contact);
        }

        void asked(KrpcQuery query, long nowNanos) {
            queries++;
            askedNanos.add(nowNanos);
            announces += query instanceof KrpcQuery.AnnouncePeer ? 1 : 0;
        }

        void received(KrpcQuery query, Contact by, long nowNanos) {
            if (query instanceof KrpcQuery.AnnouncePeer && isHolder(by)) {
                if (!announced.contains(by)) {
                    announced.add(by);
                    lastAnnounceMillis = (nowNanos - beganNanos) / 1e6;
                }
            }
        }

        void answersWithPeers(long nanos) {
            double millis = (nanos - beganNanos) / 1e6;
            firstMillis = firstMillis < 0 ? millis : Math.min(millis, firstMillis);
        }

        long queriesUntilFirst() {
            return askedNanos.stream()
                    .filter(nanos -> (nanos - beganNanos) / 1e6 <= firstMillis)
                    .count();
        }

        double recall() {
            return announced.size() / (double) SyntheticDht.K;
        }
    }
}
