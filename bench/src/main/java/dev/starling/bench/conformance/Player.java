package dev.starling.bench.conformance;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// A node that the kit plays: one socket and an id. It answers what the node under test asks of it,
/// unless told not to, while it waits for an answer of its own.
final class Player implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 65_535;

    /// How often a query is sent that is not answered: datagrams get lost, and machines are busy.
    private static final int ATTEMPTS = 3;

    /// How long one look for a datagram is. A look that takes longer shows a machine that stood
    /// still, not a node that keeps silent, so no more of it counts as waiting.
    private static final int LOOK_MILLIS = 20;

    private final DatagramSocket socket;
    private final InetSocketAddress target;
    private final RandomGenerator random;
    private final int patienceMillis;
    private final List<Reply> queries = new ArrayList<>();
    private Id id;
    private boolean isMute;
    private boolean isReadOnly;

    Player(InetAddress local, InetSocketAddress target, int patienceMillis, RandomGenerator random)
            throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(local, 0));
        this.target = target;
        this.patienceMillis = patienceMillis;
        this.random = random;
        this.id = Id.random(random);
    }

    Id id() {
        return id;
    }

    void id(Id other) {
        id = other;
    }

    /// From now on queries of the node under test stay unanswered.
    void mute() {
        isMute = true;
    }

    /// From now on its queries say that it is no node (BEP 43).
    void readOnly() {
        isReadOnly = true;
    }

    Endpoint endpoint() {
        var address = IpAddress.of(socket.getLocalAddress().getAddress());
        return new Endpoint(address, socket.getLocalPort());
    }

    /// Queries that the node under test has sent here.
    List<Reply> queries() {
        return List.copyOf(queries);
    }

    /// Sends a query and gives what comes back, an answer or an error.
    Reply ask(Packet packet) throws CannotTell {
        return find(packet).orElseThrow(() -> CannotTell.failed("no answer"));
    }

    /// The same, where silence is in order too. What is not answered is sent again.
    Optional<Reply> find(Packet packet) {
        var own = newTransaction();
        var transaction = packet.transaction(own);
        byte[] datagram = (isReadOnly ? packet.top("ro", 1) : packet).encode(id, own);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            send(datagram);
            var reply = await(it -> !it.isQuery() && it.transaction().equals(transaction));
            if (reply.isPresent()) {
                return reply;
            }
        }
        return Optional.empty();
    }

    /// Whether nothing but queries comes for a while after this datagram.
    boolean isIgnored(byte[] datagram) {
        send(datagram);
        return await(it -> !it.isQuery()).isEmpty();
    }

    /// Waits for a message that satisfies `condition`, serving queries meanwhile.
    Optional<Reply> await(Predicate<Reply> condition) {
        long leftNanos = patienceMillis * 1_000_000L;
        while (leftNanos > 0) {
            long beginNanos = System.nanoTime();
            var reply = receive(LOOK_MILLIS);
            if (reply.isPresent() && reply.get().isQuery()) {
                queries.add(reply.get());
                serve(reply.get());
            }
            if (reply.isPresent() && condition.test(reply.get())) {
                return reply;
            }
            leftNanos -= Math.min(System.nanoTime() - beginNanos, LOOK_MILLIS * 1_000_000L);
        }
        return Optional.empty();
    }

    private Optional<Reply> receive(int millis) {
        var packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        try {
            socket.setSoTimeout(millis);
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!target.equals(packet.getSocketAddress())) {
            return Optional.empty(); // from elsewhere: no answer to us
        }
        return Reply.read(ByteString.of(packet.getData(), 0, packet.getLength()).toBytes());
    }

    private void serve(Reply query) {
        if (!isMute) {
            send(answer(query, id));
        }
    }

    /// A short answer to any query.
    static byte[] answer(Reply query, Id sender) {
        return new BencodeWriter()
                .beginDictionary()
                .key("r")
                .beginDictionary()
                .key("id")
                .string(sender.toBytes())
                .key("nodes")
                .string(ByteString.EMPTY)
                .key("token")
                .text("kit")
                .end()
                .key("t")
                .string(query.transaction())
                .key("y")
                .text("r")
                .end()
                .toBytes();
    }

    void send(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ByteString newTransaction() {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }

    @Override
    public void close() {
        socket.close();
    }
}
