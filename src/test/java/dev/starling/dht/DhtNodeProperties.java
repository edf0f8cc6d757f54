package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds whatever the network sends.
class DhtNodeProperties {

    private static final int DATAGRAMS = 5_000;

    @Test
    void mutatedDatagramsNeitherThrowNorGrowNorAreAmplified() {
        Seeded.forSeeds(
                20,
                random -> {
                    var node = DhtProbe.withId(Id.random(random));
                    node.handle(new DhtInput.Bootstrap(List.of(), List.of(anyEndpoint(random))));
                    node.handle(new DhtInput.FindPeers(1, Id.random(random), Optional.empty()));
                    for (int i = 0; i < DATAGRAMS; i++) {
                        node.receive(anyEndpoint(random), mutated(anyMessage(random), random));
                        if (i % 100 == 0) {
                            node.advance(Duration.ofMillis(50));
                        }
                    }

                    assertThat(node.sent)
                            .allMatch(send -> send.bytes().lengthBytes() <= 1_400)
                            .allMatch(send -> send.to().isReachable());
                    long probes =
                            node.sent.stream()
                                    .filter(send -> send.message() instanceof KrpcQuery)
                                    .count();
                    assertThat(probes).isLessThan(500);
                    assertThat(node.node.contacts()).isEmpty(); // nobody has answered us

                    var asker = DhtProbe.endpoint("88.77.66.55:4444");
                    var ping = new KrpcQuery.Ping(DhtProbe.header(Id.random(random)));
                    assertThat(node.ask(asker, ping).sender()).isEqualTo(node.node.id());
                });
    }

    @Test
    void forgedAnswersToGuessedTransactionsAreIgnored() {
        Seeded.forSeeds(
                20,
                random -> {
                    var node = DhtProbe.withId(Id.random(random));
                    var victim = DhtProbe.endpoint("5.6.7.8:9");
                    node.handle(new DhtInput.Ping(1, victim));
                    for (int i = 0; i < DATAGRAMS; i++) {
                        node.send(victim, response(random, i % 5));
                    }

                    assertThat(node.events).isEmpty();
                    assertThat(node.node.contacts()).isEmpty();
                });
    }

    private static byte[] mutated(KrpcMessage message, RandomGenerator random) {
        var encoded = new KrpcCodec().encode(message);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(at, bytes.length - at));
            }
        }
        return bytes;
    }

    private static KrpcMessage anyMessage(RandomGenerator random) {
        var header = DhtProbe.header(Id.random(random));
        var target = Id.random(random);
        var want = new KrpcQuery.Want(random.nextBoolean(), random.nextBoolean());
        var token = ByteString.utf8("12345678");
        return switch (random.nextInt(7)) {
            case 0 -> new KrpcQuery.Ping(header);
            case 1 -> new KrpcQuery.FindNode(header, target, want);
            case 2 -> new KrpcQuery.GetPeers(header, target, want, random.nextBoolean(), true);
            case 3 -> new KrpcQuery.AnnouncePeer(header, target, 1, false, token, true);
            case 4 ->
                    new KrpcQuery.Unknown(
                            header, ByteString.utf8("vote"), Optional.of(target), want);
            case 5 -> response(random, random.nextInt(5));
            default -> new KrpcError(header.transaction(), 203, "no", Optional.empty());
        };
    }

    private static KrpcResponse response(RandomGenerator random, int transactionBytes) {
        byte[] transaction = new byte[transactionBytes];
        random.nextBytes(transaction);
        var nodes = new ArrayList<Contact>();
        var values = new ArrayList<Endpoint>();
        for (int i = random.nextInt(10); i > 0; i--) {
            nodes.add(new Contact(Id.random(random), anyEndpoint(random)));
            values.add(anyEndpoint(random));
        }
        return new KrpcResponse(
                ByteString.of(transaction),
                Id.random(random),
                nodes,
                values,
                ByteString.utf8("token"),
                Optional.of(anyEndpoint(random)),
                ByteString.EMPTY);
    }

    private static Endpoint anyEndpoint(RandomGenerator random) {
        var address =
                random.nextInt(4) == 0
                        ? new IpAddress(random.nextLong(), random.nextLong())
                        : IpAddress.v4(random.nextInt());
        return new Endpoint(address, random.nextInt(0x10000));
    }
}
