package dev.starling.dht;

import dev.starling.id.Endpoint;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The peers of each infohash of a peer store, by the number of the swarm. Confined to its owner.
///
/// Most infohashes have one peer, by IPv4: that lies in the swarm's row and costs no object. Only
/// other swarms have lists.
final class SwarmPeers {

    private static final AnnouncedPeers[] NOBODY = {};

    /// What says of a row that nobody is in it: no peer has port 0.
    private static final long NO_PEER = 0;

    /// The lists grow by a quarter, so that a million of them waste little.
    private static final int GROWTH_DIVISOR = 4;

    private final SwarmRows rows;
    private @Nullable AnnouncedPeers[] lists = NOBODY;

    /// Shows the peer of a row as a list.
    private AnnouncedPeers alone = new AnnouncedPeers();

    SwarmPeers(SwarmRows rows) {
        this.rows = rows;
    }

    /// The peers of a swarm to look at, good until the next call.
    AnnouncedPeers of(int swarm) {
        var list = swarm < lists.length ? lists[swarm] : null;
        if (list != null) {
            return list;
        }
        long peer = rows.word(swarm, SwarmRows.PEER);
        if (peer == NO_PEER) {
            alone.clear();
        } else {
            alone.holdOnly(peer, rows.word(swarm, SwarmRows.MILLIS));
        }
        return alone;
    }

    /// Remembers a peer.
    AnnouncedPeers.Change announce(int swarm, Endpoint peer, boolean seed, long nowMillis) {
        var peers = of(swarm);
        var change = peers.announce(peer, seed, nowMillis);
        keep(swarm, peers);
        return change;
    }

    /// Drops who has announced too long ago; how many peers are left.
    int expire(int swarm, long nowMillis, Consumer<? super Endpoint> dropped) {
        var peers = of(swarm);
        peers.expire(nowMillis, dropped);
        keep(swarm, peers);
        return peers.size();
    }

    private void keep(int swarm, AnnouncedPeers peers) {
        boolean isRow = peers.size() == 0 || (peers.size() == 1 && peers.v4().size() == 1);
        if (isRow) {
            boolean isEmpty = peers.size() == 0;
            rows.setWord(swarm, SwarmRows.PEER, isEmpty ? NO_PEER : peers.v4().packed(0));
            rows.setWord(swarm, SwarmRows.MILLIS, isEmpty ? 0 : peers.latestMillis());
            setList(swarm, null);
        } else if (peers == alone) {
            setList(swarm, alone);
            alone = new AnnouncedPeers();
        }
    }

    /// A swarm has taken over another's number.
    void move(int from, int to) {
        setList(to, from < lists.length ? lists[from] : null);
        setList(from, null);
    }

    private void setList(int swarm, @Nullable AnnouncedPeers list) {
        if (swarm >= lists.length) {
            if (list == null) {
                return;
            }
            lists = Arrays.copyOf(lists, swarm + 1 + swarm / GROWTH_DIVISOR);
        }
        lists[swarm] = list;
    }
}
