package dev.starling.dht;

import dev.starling.krpc.KrpcQuery;

/// What a query asks for, for counting.
public enum Method {
    PING("ping"),
    FIND_NODE("find_node"),
    GET_PEERS("get_peers"),
    ANNOUNCE_PEER("announce_peer"),
    GET("get"),
    PUT("put"),
    SAMPLE_INFOHASHES("sample_infohashes"),
    /// What we do not know; answered as find_node where it names a target.
    OTHER("other");

    private final String word;

    Method(String word) {
        this.word = word;
    }

    /// As it is written in a datagram.
    public String word() {
        return word;
    }

    static Method of(KrpcQuery query) {
        return switch (query) {
            case KrpcQuery.Ping _ -> PING;
            case KrpcQuery.FindNode _ -> FIND_NODE;
            case KrpcQuery.GetPeers _ -> GET_PEERS;
            case KrpcQuery.AnnouncePeer _ -> ANNOUNCE_PEER;
            case KrpcQuery.Get _ -> GET;
            case KrpcQuery.Put _ -> PUT;
            case KrpcQuery.SampleInfohashes _ -> SAMPLE_INFOHASHES;
            case KrpcQuery.Unknown _ -> OTHER;
        };
    }
}
