package dev.starling.bench.load;

import java.util.random.RandomGenerator;

/// What is asked, in which proportion.
enum LoadMix {
    /// 10 % ping, 45 % find_node, 40 % get_peers of which half for popular infohashes, 5 %
    /// announce_peer: what a node of the public network is asked.
    MIXED,
    PING,
    FIND_NODE,
    GET_PEERS,
    /// get_peers for infohashes with hundreds of peers.
    HOT,
    /// An announce for each get_peers, of 131,072 infohashes: fills the target's store.
    ANNOUNCE,
    /// Datagrams for what returns them as they came; see [EchoCommand].
    ECHO;

    /// One kind of query.
    enum Kind {
        PING,
        FIND_NODE,
        GET_PEERS,
        GET_HOT_PEERS,
        ANNOUNCE_PEER
    }

    boolean isDht() {
        return this != ECHO;
    }

    Kind draw(RandomGenerator random) {
        return switch (this) {
            case MIXED -> mixed(random.nextInt(100));
            case PING, ECHO -> Kind.PING;
            case FIND_NODE -> Kind.FIND_NODE;
            case GET_PEERS -> Kind.GET_PEERS;
            case HOT -> Kind.GET_HOT_PEERS;
            case ANNOUNCE -> random.nextBoolean() ? Kind.GET_PEERS : Kind.ANNOUNCE_PEER;
        };
    }

    private static Kind mixed(int percentile) {
        if (percentile < 10) {
            return Kind.PING;
        } else if (percentile < 55) {
            return Kind.FIND_NODE;
        } else if (percentile < 75) {
            return Kind.GET_PEERS;
        }
        return percentile < 95 ? Kind.GET_HOT_PEERS : Kind.ANNOUNCE_PEER;
    }
}
