package dev.starling.crawler.paper;

import dev.starling.bencode.ByteString;
import dev.starling.dht.AddressFilter;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import dev.starling.krpc.KrpcResponse.Extra;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// The torrents of a network on paper, each held by the eight living nodes closest to it, and what
/// its nodes answer.
public final class PaperTorrents {

    private static final int FIRST_PEER = 0x7f800000;
    private static final int PEER_ADDRESSES = 1 << 20;
    private static final int PEER_PORT = 7001;

    private final PaperNetwork network;
    private final SplittableRandom random;
    private final Map<Id, List<Endpoint>> swarms = new LinkedHashMap<>();
    private final Map<Integer, List<Id>> held = new HashMap<>(); // never iterated

    public PaperTorrents(PaperNetwork network, long seed) {
        this.network = network;
        random = new SplittableRandom(seed);
    }

    /// Adds torrents with peers that exist on paper.
    public void add(int count, int peersEach) {
        for (int i = 0; i < count; i++) {
            var infoHash = Id.random(random);
            var peers = new ArrayList<Endpoint>();
            for (int peer = 0; peer < peersEach; peer++) {
                int address = FIRST_PEER + random.nextInt(PEER_ADDRESSES);
                peers.add(new Endpoint(IpAddress.v4(address), PEER_PORT));
            }
            add(infoHash, peers);
        }
    }

    public void add(Id infoHash, List<Endpoint> peers) {
        swarms.put(infoHash, List.copyOf(peers));
        for (int node : network.closestLive(infoHash)) {
            held.computeIfAbsent(node, _ -> new ArrayList<>()).add(infoHash);
        }
    }

    public boolean has(Id infoHash) {
        return swarms.containsKey(infoHash);
    }

    public Set<Id> infoHashes() {
        return Set.copyOf(swarms.keySet());
    }

    /// What a node answers.
    public KrpcMessage answer(int node, KrpcQuery query, long intervalSeconds) {
        return switch (query) {
            case KrpcQuery.FindNode(_, var target, _) ->
                    response(node, query, network.closest(node, target), List.of(), Extra.NONE);
            case KrpcQuery.SampleInfohashes(_, var target, _) -> {
                var holds = held.getOrDefault(node, List.of());
                var samples = new KrpcResponse.Samples(intervalSeconds, holds.size(), holds);
                yield response(node, query, network.closest(node, target), List.of(), samples);
            }
            case KrpcQuery.GetPeers get -> peers(node, get);
            case KrpcQuery other -> response(node, other, List.of(), List.of(), Extra.NONE);
        };
    }

    private KrpcMessage peers(int node, KrpcQuery.GetPeers get) {
        var contacts = network.closest(node, get.infoHash());
        if (!held.getOrDefault(node, List.of()).contains(get.infoHash())) {
            return response(node, get, contacts, List.of(), Extra.NONE);
        }
        var peers = swarms.getOrDefault(get.infoHash(), List.of());
        var filter = new AddressFilter();
        peers.forEach(peer -> filter.add(peer.address()));
        var scrape = new KrpcResponse.Scrape(filter.bytes(), new AddressFilter().bytes());
        return response(node, get, contacts, peers, scrape);
    }

    private KrpcResponse response(
            int node, KrpcQuery query, List<Contact> nodes, List<Endpoint> values, Extra extra) {
        return new KrpcResponse(
                query.transaction(),
                network.id(node),
                nodes,
                values,
                ByteString.EMPTY,
                Optional.empty(),
                ByteString.EMPTY,
                extra);
    }
}
