package dev.starling.bench.conformance;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.net.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The node under test and the nodes that the kit plays against it.
///
/// Many checks need several addresses. A machine has them on loopback, and on any network whose
/// whole prefix is its own.
final class Session implements AutoCloseable {

    private final Endpoint target;
    private final Duration patience;
    private final RandomGenerator random;
    private final List<Player> players = new ArrayList<>();
    private final Player me;
    private int nextHost;

    Session(Endpoint target, Duration patience, long seed) throws IOException {
        this.target = target;
        this.patience = patience;
        this.random = new SplittableRandom(seed);
        this.nextHost = 1 + random.nextInt(1 << 14);
        this.me = open(hasManyAddresses() ? nextAddress() : wildcard());
    }

    /// The player that asks most.
    Player me() {
        return me;
    }

    /// A new one at an address of its own.
    Player another() throws CannotTell {
        if (!hasManyAddresses()) {
            throw CannotTell.skipped("needs several addresses: try a target on loopback");
        }
        try {
            return open(nextAddress());
        } catch (IOException e) {
            throw CannotTell.skipped("no further address here: " + e.getMessage());
        }
    }

    /// A new one at the address of `player` and another port.
    Player beside(Player player) throws CannotTell {
        try {
            return open(Addresses.inetAddress(player.endpoint().address()));
        } catch (IOException e) {
            throw CannotTell.skipped("no further port here: " + e.getMessage());
        }
    }

    RandomGenerator random() {
        return random;
    }

    Id randomId() {
        return Id.random(random);
    }

    Endpoint target() {
        return target;
    }

    /// Whether the node answers, given some time to begin.
    boolean isReady() {
        boolean isReady = false;
        for (int i = 0; i < 5 && !isReady; i++) {
            isReady = isAlive();
        }
        return isReady;
    }

    boolean isAlive() {
        return me.find(Packet.query("ping")).filter(Reply::isResponse).isPresent();
    }

    /// A token for `infoHash`.
    ByteString token(Player player, Id infoHash) throws CannotTell {
        return player.ask(Packet.query("get_peers").with("info_hash", infoHash))
                .text("token")
                .orElseThrow(() -> CannotTell.failed("no token"));
    }

    /// Announces a player with a token of its own.
    Reply announce(Player player, Id infoHash, int port, boolean isSeed) throws CannotTell {
        var packet =
                Packet.query("announce_peer")
                        .with("info_hash", infoHash)
                        .with("port", port)
                        .with("token", token(player, infoHash));
        return player.ask(isSeed ? packet.with("seed", 1) : packet);
    }

    /// Announces the asking player once, whatever comes of it: a node may give full answers only to
    /// who has returned a token.
    void announceQuietly() {
        try {
            announce(me, randomId(), 6_881, false);
        } catch (CannotTell e) {
            isAlive(); // the checks will tell
        }
    }

    /// Characters up to 255 as bytes.
    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Player open(InetAddress local) throws IOException {
        var to = Addresses.socketAddress(target);
        var player = new Player(local, to, (int) patience.toMillis(), random);
        players.add(player);
        return player;
    }

    private boolean hasManyAddresses() {
        return target.isV4() && (target.address().isLoopback() || isLabNetwork(target.address()));
    }

    /// 198.18.0.0/15, set aside for tests (RFC 2544).
    private static boolean isLabNetwork(IpAddress address) {
        return address.v4Bits() >>> 17 == 0xc612 >>> 1;
    }

    /// Each in a /24 of its own, as far as possible, for nodes that take few of one.
    private InetAddress nextAddress() throws IOException {
        nextHost++;
        int host = nextHost % 250 + 1;
        int network = nextHost / 250 * 251 + nextHost * 7;
        int prefix = target.address().isLoopback() ? 127 << 24 | 90 << 16 : 0xc613 << 16;
        int bits = prefix | (network & 0xff) << 8 | host;
        return InetAddress.getByAddress(IpAddress.v4(bits).toBytes());
    }

    private InetAddress wildcard() throws IOException {
        return InetAddress.getByName(target.isV4() ? "0.0.0.0" : "::");
    }

    @Override
    public void close() {
        players.forEach(Player::close);
    }
}
