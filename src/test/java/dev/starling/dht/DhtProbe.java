package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// One node alone, with the test as the rest of the world.
final class DhtProbe {

    /// One datagram the node sent.
    record Sent(Endpoint to, ByteString bytes, KrpcMessage message) {}

    final SplittableRandom random = new SplittableRandom(1);
    final MemoryPeerStore peers = new MemoryPeerStore();
    final List<Sent> sent = new ArrayList<>();
    final List<DhtEffect> events = new ArrayList<>();
    final DhtNode node;
    private final KrpcCodec codec = new KrpcCodec();
    private long nowNanos;

    private DhtProbe(DhtNode.Settings settings) {
        node = new DhtNode(settings, peers, random.split());
    }

    static DhtProbe withId(Id id) {
        return new DhtProbe(new DhtNode.Settings(id, false, true, true, 0));
    }

    static DhtProbe v4Only(Id id) {
        return new DhtProbe(new DhtNode.Settings(id, false, true, false, 0));
    }

    static DhtProbe readOnly(Id id) {
        return new DhtProbe(new DhtNode.Settings(id, true, true, true, 0));
    }

    static DhtProbe bootstrap(Id id, int ringContacts) {
        return new DhtProbe(new DhtNode.Settings(id, false, true, false, 0, false, ringContacts));
    }

    DhtStats stats() {
        return node.stats(nowNanos);
    }

    static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }

    /// An id written as twenty characters, as BEP 5 does.
    static Id id(String twentyCharacters) {
        return Id.of(twentyCharacters.getBytes(StandardCharsets.ISO_8859_1));
    }

    static KrpcQuery.Header header(Id sender) {
        return new KrpcQuery.Header(ByteString.utf8("aa"), sender, false, ByteString.EMPTY);
    }

    /// Bytes written as characters, one each, and byte strings between.
    static byte[] bencode(Object... parts) {
        var bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            bytes.writeBytes(
                    part instanceof ByteString string
                            ? string.toBytes()
                            : part.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    void handle(DhtInput input) {
        node.handle(input, nowNanos, this::follow);
    }

    void receive(Endpoint from, byte[] datagram) {
        handle(new DhtInput.Datagram(from, ByteBuffer.wrap(datagram)));
    }

    void send(Endpoint from, KrpcMessage message) {
        handle(new DhtInput.Datagram(from, codec.encode(message)));
    }

    /// Sends a query and gives the node's answer to it.
    KrpcResponse ask(Endpoint from, KrpcQuery query) {
        send(from, query);
        assertThat(sent.getLast().to()).isEqualTo(from);
        return (KrpcResponse) sent.getLast().message();
    }

    void answer(Endpoint from, KrpcQuery query, Id sender, List<Contact> nodes) {
        answer(from, query, new Reply(sender, nodes, List.of(), "", Optional.empty()));
    }

    void answer(Endpoint from, KrpcQuery query, Id sender, Optional<Endpoint> observed) {
        answer(from, query, new Reply(sender, List.of(), List.of(), "", observed));
    }

    void answer(Endpoint from, KrpcQuery query, Reply reply) {
        send(
                from,
                new KrpcResponse(
                        query.transaction(),
                        reply.sender,
                        reply.nodes,
                        reply.values,
                        ByteString.utf8(reply.token),
                        reply.observed,
                        ByteString.EMPTY));
    }

    /// What the world answers to a query.
    record Reply(
            Id sender,
            List<Contact> nodes,
            List<Endpoint> values,
            String token,
            Optional<Endpoint> observed) {}

    /// Lets the node ping a contact and the contact answer.
    Contact knows(String endpoint, Id id) {
        var contact = new Contact(id, endpoint(endpoint));
        handle(new DhtInput.Ping(random.nextLong(), contact.endpoint()));
        answer(contact.endpoint(), lastQuery(contact.endpoint()), id, List.of());
        sent.clear();
        events.clear();
        return contact;
    }

    /// Lets time pass, deadline by deadline.
    void advance(Duration duration) {
        long untilNanos = nowNanos + duration.toNanos();
        for (int i = 0; node.nextDeadlineNanos() <= untilNanos; i++) {
            assertThat(i).as("deadlines within %s", duration).isLessThan(100_000);
            nowNanos = Math.max(nowNanos, node.nextDeadlineNanos());
            node.expire(nowNanos, this::follow);
        }
        nowNanos = untilNanos;
    }

    long nowMillis() {
        return nowNanos / 1_000_000;
    }

    List<byte[]> sentTo(Endpoint to) {
        return sent.stream()
                .filter(send -> send.to.equals(to))
                .map(send -> send.bytes.toBytes())
                .toList();
    }

    List<KrpcQuery> queriesTo(Endpoint to) {
        return sent.stream()
                .filter(send -> send.to.equals(to) && send.message instanceof KrpcQuery)
                .map(send -> (KrpcQuery) send.message)
                .toList();
    }

    KrpcQuery lastQuery(Endpoint to) {
        return queriesTo(to).getLast();
    }

    KrpcResponse lastResponse(Endpoint to) {
        return last(to, KrpcResponse.class);
    }

    KrpcError lastError(Endpoint to) {
        return last(to, KrpcError.class);
    }

    private <M extends KrpcMessage> M last(Endpoint to, Class<M> kind) {
        return sent.stream()
                .filter(send -> send.to.equals(to) && kind.isInstance(send.message))
                .map(send -> kind.cast(send.message))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private void follow(DhtEffect effect) {
        if (effect instanceof DhtEffect.Send(var to, var datagram)) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(datagram.position(), bytes);
            var message = (KrpcCodec.Message) new KrpcCodec().decode(ByteBuffer.wrap(bytes));
            sent.add(new Sent(to, ByteString.of(bytes), message.message()));
        } else {
            events.add(effect);
        }
    }
}
