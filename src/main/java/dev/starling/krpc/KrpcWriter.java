package dev.starling.krpc;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.krpc.KrpcQuery.Header;
import dev.starling.krpc.KrpcQuery.Want;
import java.util.List;

/// Writes messages with their keys in order, over and over into one buffer.
final class KrpcWriter {

    private static final ByteString PING = ByteString.utf8("ping");
    private static final ByteString FIND_NODE = ByteString.utf8("find_node");
    private static final ByteString GET_PEERS = ByteString.utf8("get_peers");
    private static final ByteString ANNOUNCE_PEER = ByteString.utf8("announce_peer");
    private static final ByteString GET = ByteString.utf8("get");
    private static final ByteString PUT = ByteString.utf8("put");
    private static final ByteString SAMPLE_INFOHASHES = ByteString.utf8("sample_infohashes");

    private final BencodeWriter bencode = new BencodeWriter();

    byte[] array() {
        return bencode.array();
    }

    int lengthBytes() {
        return bencode.lengthBytes();
    }

    void write(KrpcMessage message) {
        bencode.reset();
        bencode.beginDictionary();
        switch (message) {
            case KrpcQuery query -> query(query);
            case KrpcResponse response -> response(response);
            case KrpcError error -> error(error);
        }
        bencode.end();
    }

    private void query(KrpcQuery query) {
        Header header = query.header();
        bencode.key("a").beginDictionary();
        if (query instanceof KrpcQuery.Put put) {
            put.cas().ifPresent(cas -> bencode.key("cas").integer(cas)); // sorts before the id
        }
        id("id", header.sender());
        switch (query) {
            case KrpcQuery.Ping _ -> end(PING, header);
            case KrpcQuery.FindNode find -> {
                id("target", find.target());
                want(find.want());
                end(FIND_NODE, header);
            }
            case KrpcQuery.GetPeers get -> {
                id("info_hash", get.infoHash());
                flag("noseed", get.noSeed());
                flag("scrape", get.scrape());
                want(get.want());
                end(GET_PEERS, header);
            }
            case KrpcQuery.AnnouncePeer announce -> {
                announcePeer(announce);
                end(ANNOUNCE_PEER, header);
            }
            case KrpcQuery.Get get -> {
                get.seq().ifPresent(seq -> bencode.key("seq").integer(seq));
                id("target", get.target());
                want(get.want());
                end(GET, header);
            }
            case KrpcQuery.Put put -> {
                put(put);
                end(PUT, header);
            }
            case KrpcQuery.SampleInfohashes sample -> {
                id("target", sample.target());
                want(sample.want());
                end(SAMPLE_INFOHASHES, header);
            }
            case KrpcQuery.Unknown unknown -> {
                unknown.target().ifPresent(target -> id("target", target));
                want(unknown.want());
                end(unknown.method(), header);
            }
        }
    }

    private void announcePeer(KrpcQuery.AnnouncePeer announce) {
        flag("implied_port", announce.impliedPort());
        id("info_hash", announce.infoHash());
        bencode.key("port").integer(announce.port());
        flag("seed", announce.seed());
        bencode.key("token").string(announce.token());
    }

    private void put(KrpcQuery.Put put) {
        var item = put.item();
        if (item instanceof Item.Mutable mutable) {
            bencode.key("k").string(mutable.key().bytes());
            if (!mutable.salt().isEmpty()) {
                bencode.key("salt").string(mutable.salt());
            }
            bencode.key("seq").integer(mutable.seq());
            bencode.key("sig").string(mutable.signature());
        }
        bencode.key("token").string(put.token());
        bencode.key("v").encoded(item.value().toBytes());
    }

    /// Ends the arguments and writes what follows them in every query.
    private void end(ByteString method, Header header) {
        bencode.end().key("q").string(method);
        flag("ro", header.readOnly());
        tail(header.transaction(), header.version(), "q");
    }

    private void response(KrpcResponse response) {
        response.observed().ifPresent(endpoint -> endpoint("ip", endpoint));
        var extra = response.extra();
        bencode.key("r").beginDictionary();
        if (extra instanceof KrpcResponse.Scrape(var peers, var seeds)) {
            bencode.key("BFpe").string(peers).key("BFsd").string(seeds);
        }
        id("id", response.sender());
        beforeNodes(extra);
        contacts("nodes", response.nodes(), true);
        contacts("nodes6", response.nodes(), false);
        afterNodes(extra);
        if (!response.token().isEmpty()) {
            bencode.key("token").string(response.token());
        }
        if (extra instanceof KrpcResponse.Stored(var item, _) && item.isPresent()) {
            bencode.key("v").encoded(item.get().value().toBytes());
        }
        if (!response.values().isEmpty()) {
            bencode.key("values").beginList();
            response.values().forEach(this::endpoint);
            bencode.end();
        }
        bencode.end();
        tail(response.transaction(), response.version(), "r");
    }

    private void beforeNodes(KrpcResponse.Extra extra) {
        switch (extra) {
            case KrpcResponse.Samples samples ->
                    bencode.key("interval").integer(samples.intervalSeconds());
            case KrpcResponse.Stored(var item, _) -> {
                if (item.isPresent() && item.get() instanceof Item.Mutable mutable) {
                    bencode.key("k").string(mutable.key().bytes());
                }
            }
            case KrpcResponse.Scrape _, KrpcResponse.None _ -> {}
        }
    }

    private void afterNodes(KrpcResponse.Extra extra) {
        switch (extra) {
            case KrpcResponse.Samples(_, long total, var infoHashes) -> {
                bencode.key("num").integer(total);
                int length = infoHashes.size() * Id.LENGTH_BYTES;
                int at = bencode.key("samples").reserveString(length);
                for (Id infoHash : infoHashes) {
                    infoHash.copyTo(bencode.array(), at);
                    at += Id.LENGTH_BYTES;
                }
            }
            case KrpcResponse.Stored(var item, var seq) -> {
                seq.ifPresent(number -> bencode.key("seq").integer(number));
                if (item.isPresent() && item.get() instanceof Item.Mutable mutable) {
                    bencode.key("sig").string(mutable.signature());
                }
            }
            case KrpcResponse.Scrape _, KrpcResponse.None _ -> {}
        }
    }

    private void error(KrpcError error) {
        bencode.key("e").beginList().integer(error.code()).text(error.message()).end();
        error.observed().ifPresent(endpoint -> endpoint("ip", endpoint));
        tail(error.transaction(), ByteString.EMPTY, "e");
    }

    private void tail(ByteString transaction, ByteString version, String type) {
        bencode.key("t").string(transaction);
        if (!version.isEmpty()) {
            bencode.key("v").string(version);
        }
        bencode.key("y").text(type);
    }

    private void id(String key, Id id) {
        int at = bencode.key(key).reserveString(Id.LENGTH_BYTES);
        id.copyTo(bencode.array(), at);
    }

    private void flag(String key, boolean set) {
        if (set) {
            bencode.key(key).integer(1);
        }
    }

    private void want(Want want) {
        if (want.isUnspecified()) {
            return;
        }
        bencode.key("want").beginList();
        if (want.v4()) {
            bencode.text("n4");
        }
        if (want.v6()) {
            bencode.text("n6");
        }
        bencode.end();
    }

    private void contacts(String key, List<Contact> contacts, boolean v4) {
        int contactBytes = v4 ? CompactReader.CONTACT_BYTES_V4 : CompactReader.CONTACT_BYTES_V6;
        int count = 0;
        for (Contact contact : contacts) {
            count += contact.endpoint().isV4() == v4 ? 1 : 0;
        }
        if (count == 0) {
            return;
        }
        int at = bencode.key(key).reserveString(count * contactBytes);
        for (Contact contact : contacts) {
            if (contact.endpoint().isV4() == v4) {
                contact.id().copyTo(bencode.array(), at);
                contact.endpoint().copyCompactTo(bencode.array(), at + Id.LENGTH_BYTES);
                at += contactBytes;
            }
        }
    }

    private void endpoint(String key, Endpoint endpoint) {
        bencode.key(key);
        endpoint(endpoint);
    }

    private void endpoint(Endpoint endpoint) {
        int at = bencode.reserveString(endpoint.compactLengthBytes());
        endpoint.copyCompactTo(bencode.array(), at);
    }
}
