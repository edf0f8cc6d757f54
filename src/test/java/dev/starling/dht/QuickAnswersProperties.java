package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Want;
import dev.starling.krpc.KrpcResponse;
import dev.starling.routing.RoutingTable.ContactState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The hot path says and does what the ordinary one does: two nodes of one seed get the same
/// datagrams, one of them by the hot path where it takes them.
class QuickAnswersProperties {

    private static final int QUERIES = 3_000;
    private static final int SOURCES = 40;
    private static final int TARGETS = 12;
    private static final long FIRST_NANOS = TimeUnit.HOURS.toNanos(1);

    /// One of the two nodes and what it has sent.
    private static final class Side {
        private final DhtNode node;
        private final List<String> sent = new ArrayList<>();
        private final Map<Endpoint, ByteString> tokens = new HashMap<>();
        private final List<Ping> pings = new ArrayList<>();

        /// A ping of the node's that waits for its answer.
        private record Ping(Endpoint to, ByteString transaction) {}

        Side(long seed, boolean v6) {
            var random = new SplittableRandom(seed);
            int ring = (int) (seed & 1) * 10_000;
            var settings = new DhtNode.Settings(Id.random(random), false, true, v6, 0, false, ring);
            node = new DhtNode(settings, new MemoryPeerStore(), random);
        }

        void send(Endpoint to, ByteBuffer datagram) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes);
            sent.add(to + " " + ByteString.of(bytes));
            if (new KrpcCodec().decode(ByteBuffer.wrap(bytes))
                    instanceof KrpcCodec.Message(var message)) {
                if (message instanceof KrpcResponse answer && !answer.token().isEmpty()) {
                    tokens.put(to, answer.token());
                } else if (message instanceof KrpcQuery.Ping ping) {
                    pings.add(new Ping(to, ping.transaction()));
                }
            }
        }

        void expire(long nowNanos) {
            node.expire(nowNanos, this::follow);
        }

        /// Most of those pinged answer.
        void answerPings(World world, long nowNanos) {
            var waiting = List.copyOf(pings);
            pings.clear();
            for (var ping : waiting) {
                world.id(ping.to)
                        .ifPresent(id -> {
                            var pong = world.pong(ping.transaction, id);
                            handle(new DhtInput.Datagram(ping.to, pong), nowNanos);
                        });
            }
        }

        private void follow(DhtEffect effect) {
            if (effect instanceof DhtEffect.Send(var to, var datagram)) {
                send(to, datagram);
            }
        }

        /// The token last given to `to`; a wrong one where there was none.
        ByteString token(Endpoint to) {
            return tokens.getOrDefault(to, ByteString.utf8("wrong"));
        }

        void handle(DhtInput input, long nowNanos) {
            node.handle(
                    input,
                    nowNanos,
                    effect -> {
                        if (effect instanceof DhtEffect.Send(var to, var datagram)) {
                            send(to, datagram);
                        }
                    });
        }
    }

    @Test
    void bothPathsAnswerAlike() {
        Seeded.forSeeds(
                30,
                random -> {
                    long seed = random.nextLong();
                    boolean v6 = random.nextBoolean();
                    var quick = new Side(seed, v6);
                    var ordinary = new Side(seed, v6);
                    var world = new World(random, v6);
                    quick.handle(world.known, FIRST_NANOS);
                    ordinary.handle(world.known, FIRST_NANOS);
                    long now = FIRST_NANOS;
                    int taken = 0;
                    for (int i = 0; i < QUERIES; i++) {
                        now += random.nextLong(200_000_000);
                        var source = world.source();
                        var from = source.endpoint();
                        byte[] datagram = world.datagram(source, quick.token(from));
                        var buffer = ByteBuffer.wrap(datagram);
                        if (quick.node.answer(from, buffer, now, quick::send)) {
                            taken++;
                        } else {
                            quick.handle(new DhtInput.Datagram(from, buffer), now);
                        }
                        ordinary.handle(
                                new DhtInput.Datagram(from, ByteBuffer.wrap(datagram)), now);
                        if (i % 10 == 0) {
                            quick.expire(now);
                            ordinary.expire(now);
                            quick.answerPings(world, now);
                            ordinary.answerPings(world, now);
                        }
                        assertThat(quick.sent).as("query %d", i).isEqualTo(ordinary.sent);
                        if (quick.sent.size() > 100) {
                            quick.sent.clear();
                            ordinary.sent.clear();
                        }
                    }
                    assertThat(quick.node.stats(now)).isEqualTo(ordinary.node.stats(now));
                    assertThat(taken).isGreaterThan(QUERIES / 3);
                    var ring = quick.node.stats(now).ring();
                    assertThat(ring.contacts() > 0).isEqualTo(ring.capacity() > 0);
                });
    }

    /// Where queries come from and what they are about.
    private static final class World {
        private final RandomGenerator random;
        private final KrpcCodec codec = new KrpcCodec();
        private final List<Contact> sources = new ArrayList<>();
        private final List<Id> targets = new ArrayList<>();
        private final DhtInput.Resume known;

        World(RandomGenerator random, boolean v6) {
            this.random = random;
            for (int i = 0; i < SOURCES; i++) {
                sources.add(new Contact(Id.random(random), endpoint(v6 && i % 4 == 0)));
            }
            for (int i = 0; i < TARGETS; i++) {
                targets.add(Id.random(random));
            }
            var states = new ArrayList<ContactState>();
            for (int i = 0; i < 300; i++) {
                var contact =
                        i < SOURCES / 2
                                ? sources.get(i)
                                : new Contact(Id.random(random), endpoint(v6 && i % 3 == 0));
                states.add(new ContactState(contact, 1_000_000, FIRST_NANOS, 0, true));
            }
            known = new DhtInput.Resume(states);
        }

        /// Public, private and loopback addresses.
        private Endpoint endpoint(boolean v6) {
            int port = 1 + random.nextInt(65_535);
            if (v6) {
                return new Endpoint(
                        new IpAddress(0x2001_0db8_0000_0000L + random.nextInt(99), 7), port);
            }
            int address =
                    switch (random.nextInt(4)) {
                        case 0 -> 0x7f000001 + random.nextInt(99);
                        case 1 -> 0x0a000001 + random.nextInt(99);
                        default -> 0x08080000 + random.nextInt(1 << 20);
                    };
            return new Endpoint(IpAddress.v4(address), port);
        }

        Optional<Id> id(Endpoint endpoint) {
            return sources.stream()
                    .filter(source -> source.endpoint().equals(endpoint))
                    .map(Contact::id)
                    .findFirst();
        }

        ByteBuffer pong(ByteString transaction, Id sender) {
            return codec.encode(
                    new KrpcResponse(
                            transaction,
                            sender,
                            List.of(),
                            List.of(),
                            ByteString.EMPTY,
                            Optional.empty(),
                            ByteString.EMPTY));
        }

        Contact source() {
            return sources.get(random.nextInt(SOURCES));
        }

        /// A query of `from`, most of them common, some a little damaged.
        byte[] datagram(Contact from, ByteString token) {
            var encoded = codec.encode(message(from, token));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            if (random.nextInt(10) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return bytes;
        }

        private KrpcMessage message(Contact from, ByteString token) {
            byte[] transaction = new byte[random.nextInt(9)];
            random.nextBytes(transaction);
            boolean isReadOnly = random.nextInt(20) == 0;
            var version = random.nextBoolean() ? KrpcCodec.VERSION : ByteString.EMPTY;
            var sender = random.nextInt(10) == 0 ? Id.random(random) : from.id();
            var header =
                    new KrpcQuery.Header(ByteString.of(transaction), sender, isReadOnly, version);
            var target = targets.get(random.nextInt(TARGETS));
            var want = new Want(random.nextInt(4) == 0, random.nextInt(4) == 0);
            boolean isRare = random.nextInt(8) == 0;
            return switch (random.nextInt(6)) {
                case 0 -> new KrpcQuery.Ping(header);
                case 1 -> new KrpcQuery.FindNode(header, target, want);
                case 2, 3 -> new KrpcQuery.GetPeers(header, target, want, isRare, isRare);
                case 4 ->
                        new KrpcQuery.AnnouncePeer(
                                header,
                                target,
                                random.nextInt(3) * 4_000,
                                random.nextBoolean(),
                                token,
                                random.nextBoolean());
                default -> new KrpcQuery.SampleInfohashes(header, target, want);
            };
        }
    }
}
