package dev.starling.crawler.fetch;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.sim.SimClock;
import dev.starling.sim.SimLoop;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// Peers on paper, good ones and bad, on virtual time.
final class PaperPeers {

    /// How a peer behaves.
    enum Kind {
        GOOD,
        /// Says nothing after the connection is made.
        SILENT,
        REFUSED,
        /// One bit of its metadata is wrong.
        LIAR,
        /// Promises 10 MB and sends junk.
        HUGE,
        GARBAGE,
        REJECT,
        CLOSE,
        NO_METADATA,
        OTHER_TORRENT,
        /// A byte each half second.
        DRIP
    }

    private static final int BLOCK = WireMessage.MetadataData.BLOCK_BYTES;

    final SimClock clock = new SimClock();
    final List<FetchEffect> told = new ArrayList<>();
    final Map<Endpoint, Integer> calls = new LinkedHashMap<>();
    final FetchMachine machine;
    int open;
    int mostOpen;
    long mostHeld;

    private final SplittableRandom random;
    private final SimLoop<FetchInput, FetchEffect> loop;
    private final Map<Endpoint, Kind> kinds = new HashMap<>();
    private final Map<Id, byte[]> infos = new HashMap<>();
    private final Map<Long, Peer> connections = new HashMap<>();
    private int peers;

    PaperPeers(long seed, FetchMachine.Settings settings) {
        random = new SplittableRandom(seed);
        machine = new FetchMachine(settings, new SplittableRandom(seed + 1));
        loop = new SimLoop<>(clock, machine, this::follow);
    }

    Endpoint peer(Kind kind) {
        var endpoint = new Endpoint(IpAddress.v4(0x7f800000 + ++peers), 7001);
        kinds.put(endpoint, kind);
        return endpoint;
    }

    void torrent(byte[] info, Id infoHash) {
        infos.put(infoHash, info);
    }

    void candidates(Id infoHash, List<Endpoint> endpoints) {
        loop.handle(new FetchInput.Candidates(infoHash, endpoints));
    }

    void runFor(long seconds) {
        clock.runFor(seconds * 1_000_000_000L);
    }

    List<Id> fetched() {
        return told.stream()
                .filter(FetchEffect.Fetched.class::isInstance)
                .map(effect -> ((FetchEffect.Fetched) effect).info().infoHash())
                .toList();
    }

    List<Id> failed() {
        return told.stream()
                .filter(FetchEffect.Failed.class::isInstance)
                .map(effect -> ((FetchEffect.Failed) effect).infoHash())
                .toList();
    }

    private void follow(FetchEffect effect) {
        mostHeld = Math.max(mostHeld, machine.stats().heldBytes());
        switch (effect) {
            case FetchEffect.Connect(long connection, var endpoint) -> call(connection, endpoint);
            case FetchEffect.Write(long connection, var bytes) -> {
                var peer = connections.get(connection);
                byte[] said = new byte[bytes.remaining()];
                bytes.duplicate().get(said);
                if (peer != null) {
                    clock.at(clock.nowNanos() + peer.latencyNanos, () -> peer.hear(said));
                }
            }
            case FetchEffect.Disconnect(long connection) -> close(connection);
            case FetchEffect.Fetched _, FetchEffect.Unusable _, FetchEffect.Failed _ ->
                    told.add(effect);
        }
    }

    private void call(long connection, Endpoint endpoint) {
        calls.merge(endpoint, 1, Integer::sum);
        open++;
        mostOpen = Math.max(mostOpen, open);
        var kind = kinds.getOrDefault(endpoint, Kind.REFUSED);
        var peer = new Peer(connection, kind);
        connections.put(connection, peer);
        clock.at(
                clock.nowNanos() + rtt(),
                () -> {
                    if (kind == Kind.REFUSED) {
                        close(connection);
                        loop.handle(new FetchInput.Closed(connection));
                    } else if (connections.containsKey(connection)) {
                        loop.handle(new FetchInput.Connected(connection));
                    }
                });
    }

    private void close(long connection) {
        if (connections.remove(connection) != null) {
            open--;
        }
    }

    private long rtt() {
        return 40_000_000L + random.nextInt(80_000_000);
    }

    /// One connection of a peer.
    private final class Peer {
        private final long connection;
        private final Kind kind;
        private final WireEncoder encoder = new WireEncoder();
        private final WireDecoder decoder = new WireDecoder();
        private Id infoHash = Id.ZERO;
        private final long latencyNanos = rtt();
        private boolean isGreeted;
        private long dripNanos;

        Peer(long connection, Kind kind) {
            this.connection = connection;
            this.kind = kind;
        }

        void hear(byte[] said) {
            if (!connections.containsKey(connection) || kind == Kind.SILENT) {
                return;
            }
            var in = ByteBuffer.wrap(said);
            if (!isGreeted) {
                isGreeted = true;
                var theirs = ((Handshake.Read) Handshake.read(in)).handshake();
                infoHash = theirs.infoHash();
                greet();
                return;
            }
            while (decoder.next(in) instanceof WireDecoder.Decoded(var message)) {
                answer(message);
            }
        }

        private void greet() {
            var named = kind == Kind.OTHER_TORRENT ? infoHash.flipped(3) : infoHash;
            say(new Handshake(named, Id.random(random), Handshake.Features.OURS).toBytes());
            switch (kind) {
                case GARBAGE -> {
                    byte[] junk = new byte[600];
                    random.nextBytes(junk);
                    say(junk);
                }
                case CLOSE -> end();
                default -> {
                    int size = kind == Kind.HUGE ? 10 << 20 : info().length;
                    boolean serves = kind != Kind.NO_METADATA;
                    say(encoder.encode(new WireMessage.HaveAll()));
                    say(
                            encoder.encode(
                                    new WireMessage.ExtensionHandshake(
                                            serves ? OptionalInt.of(1) : OptionalInt.empty(),
                                            OptionalInt.empty(),
                                            OptionalInt.empty(),
                                            serves ? OptionalInt.of(size) : OptionalInt.empty(),
                                            OptionalInt.empty(),
                                            false,
                                            "paper")));
                }
            }
        }

        private void answer(WireMessage message) {
            if (message instanceof WireMessage.ExtensionHandshake theirs) {
                encoder.remote(theirs);
            } else if (message instanceof WireMessage.MetadataRequest(int block)) {
                say(encoder.encode(kind == Kind.REJECT ? reject(block) : data(block)));
            }
        }

        private WireMessage reject(int block) {
            return new WireMessage.MetadataReject(block);
        }

        private WireMessage data(int block) {
            if (kind == Kind.HUGE) {
                byte[] junk = new byte[BLOCK];
                random.nextBytes(junk);
                junk[0] = 'd';
                junk[1] = '6';
                junk[2] = ':';
                return new WireMessage.MetadataData(block, 10 << 20, ByteString.of(junk));
            }
            byte[] info = info().clone();
            if (kind == Kind.LIAR) {
                info[info.length / 2] ^= 1;
            }
            byte[] part =
                    Arrays.copyOfRange(
                            info, block * BLOCK, Math.min(info.length, (block + 1) * BLOCK));
            return new WireMessage.MetadataData(block, info.length, ByteString.of(part));
        }

        private byte[] info() {
            return infos.getOrDefault(infoHash, new byte[] {'d', 'e'});
        }

        private void say(byte[] bytes) {
            if (kind != Kind.DRIP) {
                long arrival = clock.nowNanos() + 20_000_000;
                clock.at(arrival, () -> give(bytes));
                return;
            }
            dripNanos = Math.max(dripNanos, clock.nowNanos());
            for (byte one : bytes) {
                dripNanos += 500_000_000;
                clock.at(dripNanos, () -> give(new byte[] {one}));
            }
        }

        private void give(byte[] bytes) {
            if (connections.containsKey(connection)) {
                loop.handle(new FetchInput.Received(connection, ByteBuffer.wrap(bytes)));
            }
        }

        private void end() {
            clock.at(
                    clock.nowNanos() + 30_000_000,
                    () -> {
                        if (connections.containsKey(connection)) {
                            close(connection);
                            loop.handle(new FetchInput.Closed(connection));
                        }
                    });
        }
    }
}
