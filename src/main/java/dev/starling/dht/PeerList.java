package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The peers of one infohash and one address family, in no order, packed into one array: 16 bytes
/// for a peer by IPv4, 32 by IPv6. Confined to its owner.
final class PeerList {

    /// By IPv4 a [PackedPeer] and when it announced; by IPv6 the address, the rest of a packed
    /// peer, and when.
    private static final int WORDS_V4 = 2;

    private static final int WORDS_V6 = 4;
    private static final long[] NONE = {};

    /// A list grows by a quarter, so that a million of them waste little.
    private static final int GROWTH_DIVISOR = 4;

    /// Peers that change places with every answer, so that others are neighbours the next time.
    private static final int MOVED_PER_ANSWER = 4;

    private final int stride;
    private long[] words = NONE;
    private int size;

    PeerList(boolean isV4) {
        stride = isV4 ? WORDS_V4 : WORDS_V6;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /// Has this peer by IPv4 and no other.
    void holdOnly(long packedPeer, long announcedMillis) {
        words = words.length < WORDS_V4 ? new long[WORDS_V4] : words;
        words[0] = packedPeer;
        words[1] = announcedMillis;
        size = 1;
    }

    /// The peer by IPv4 at this index, as a [PackedPeer].
    long packed(int index) {
        return words[index * WORDS_V4];
    }

    /// Remembers a peer, in place of the one silent longest if there are too many.
    AnnouncedPeers.Change announce(Endpoint peer, boolean seed, long nowMillis) {
        int index = find(peer);
        if (index >= 0) {
            set(index, peer, seed, nowMillis);
            return AnnouncedPeers.Change.REFRESHED;
        }
        if (size == AnnouncedPeers.MAX_PEERS) {
            int silent = longestSilent();
            var evicted = endpoint(silent);
            set(silent, peer, seed, nowMillis);
            return new AnnouncedPeers.Change(true, Optional.of(evicted));
        }
        if ((size + 1) * stride > words.length) {
            words = Arrays.copyOf(words, (size + 1 + size / GROWTH_DIVISOR) * stride);
        }
        set(size++, peer, seed, nowMillis);
        return AnnouncedPeers.Change.ADDED;
    }

    /// Drops who announced [PeerStore#PEER_LIFETIME_MILLIS] ago or longer.
    void expire(long nowMillis, Consumer<? super Endpoint> dropped) {
        for (int i = size - 1; i >= 0; i--) {
            if (isExpired(i, nowMillis)) {
                dropped.accept(endpoint(i));
                size--;
                System.arraycopy(words, size * stride, words, i * stride, stride);
            }
        }
        if (size == 0) {
            words = NONE;
        }
    }

    /// Calls `consumer` with each that has not expired and may be told, until it has had `limit`,
    /// from a random place on: every peer is as likely as any other.
    void sample(int limit, boolean noSeeds, PeerStore.PeerQuery query, Consumer<Endpoint> taker) {
        int at = begin(limit, query.random());
        int taken = 0;
        for (int i = 0; i < size && taken < limit; i++) {
            if (mayTell(at, noSeeds, query.nowMillis())) {
                taker.accept(endpoint(at));
                taken++;
            }
            at = at + 1 == size ? 0 : at + 1;
        }
    }

    /// The same for whoever would rather have no objects, of IPv4: fills `into` with packed peers
    /// and says with how many.
    int sampleV4(long[] into, boolean noSeeds, long nowMillis, RandomGenerator random) {
        int at = begin(into.length, random);
        int taken = 0;
        for (int i = 0; i < size && taken < into.length; i++) {
            if (mayTell(at, noSeeds, nowMillis)) {
                into[taken++] = words[at * stride];
            }
            at = at + 1 == size ? 0 : at + 1;
        }
        return taken;
    }

    private int begin(int limit, RandomGenerator random) {
        if (size <= limit) {
            return 0;
        }
        for (int i = 0; i < MOVED_PER_ANSWER; i++) {
            swap(random.nextInt(size), random.nextInt(size));
        }
        return random.nextInt(size);
    }

    private boolean mayTell(int index, boolean noSeeds, long nowMillis) {
        return !isExpired(index, nowMillis) && !(noSeeds && isSeed(index));
    }

    void forEach(Consumer<? super Endpoint> consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(endpoint(i));
        }
    }

    /// Shows those that have not expired.
    void forEachFresh(long nowMillis, Visitor visitor) {
        for (int i = 0; i < size; i++) {
            if (!isExpired(i, nowMillis)) {
                visitor.visit(endpoint(i), isSeed(i));
            }
        }
    }

    /// Looks at a peer.
    interface Visitor {
        void visit(Endpoint peer, boolean isSeed);
    }

    /// The latest announce; the least number of all where there is none.
    long latestMillis() {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            latest = Math.max(latest, announcedMillis(i));
        }
        return latest;
    }

    private int find(Endpoint peer) {
        boolean isPortPart = peer.address().isLocal();
        for (int i = 0; i < size; i++) {
            if (isAt(i, peer.address()) && (!isPortPart || port(i) == peer.port())) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int index, IpAddress address) {
        int at = index * stride;
        return stride == WORDS_V4
                ? PackedPeer.addressOf(words[at]) == address.v4Bits()
                : words[at] == address.high() && words[at + 1] == address.low();
    }

    private int longestSilent() {
        int silent = 0;
        for (int i = 1; i < size; i++) {
            silent = announcedMillis(i) < announcedMillis(silent) ? i : silent;
        }
        return silent;
    }

    private void set(int index, Endpoint peer, boolean seed, long nowMillis) {
        int at = index * stride;
        if (stride == WORDS_V4) {
            words[at] = PackedPeer.of(peer, seed);
        } else {
            words[at] = peer.address().high();
            words[at + 1] = peer.address().low();
            words[at + 2] = PackedPeer.withoutAddress(peer, seed);
        }
        words[at + stride - 1] = nowMillis;
    }

    private Endpoint endpoint(int index) {
        int at = index * stride;
        var address =
                stride == WORDS_V4
                        ? IpAddress.v4(PackedPeer.addressOf(words[at]))
                        : new IpAddress(words[at], words[at + 1]);
        return new Endpoint(address, port(index));
    }

    private int port(int index) {
        return PackedPeer.portOf(words[(index + 1) * stride - 2]);
    }

    private boolean isSeed(int index) {
        return PackedPeer.isSeed(words[(index + 1) * stride - 2]);
    }

    private long announcedMillis(int index) {
        return words[(index + 1) * stride - 1];
    }

    private boolean isExpired(int index, long nowMillis) {
        return nowMillis - announcedMillis(index) >= PeerStore.PEER_LIFETIME_MILLIS;
    }

    private void swap(int a, int b) {
        for (int i = 0; i < stride; i++) {
            long word = words[a * stride + i];
            words[a * stride + i] = words[b * stride + i];
            words[b * stride + i] = word;
        }
    }
}
