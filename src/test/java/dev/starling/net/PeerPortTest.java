package dev.starling.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerPortTest {

    private static final long PATIENCE_SECONDS = 60;

    private final Random random = new Random(1);
    private final Id infoHash = Id.random(random);
    private final Recorder called = new Recorder();
    private final Recorder caller = new Recorder();
    private final PeerPort.Welcome calledWelcome = welcome(called);
    private final PeerPort.Welcome callerWelcome = welcome(caller);

    private NetLoop loop = NetLoop.start("peer-port-test", Transport.best());

    @AfterEach
    void close() {
        loop.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void callIsAnsweredBySwarmOfItsInfohash(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", PeerPort.Limits.USUAL);
        var other = open("127.0.0.2", PeerPort.Limits.USUAL);

        loop.execute(() -> other.connect(port.addresses().getFirst(), callerWelcome));

        var outgoing = caller.connection();
        var incoming = called.connection();
        assertThat(outgoing.details().isOutgoing()).isTrue();
        assertThat(outgoing.details().endpoint()).isEqualTo(port.addresses().getFirst());
        assertThat(outgoing.details().handshake()).isEqualTo(calledWelcome.handshake());
        assertThat(incoming.details().isOutgoing()).isFalse();
        assertThat(incoming.details().endpoint().address())
                .isEqualTo(other.addresses().getFirst().address());
        assertThat(incoming.details().number()).isNotEqualTo(outgoing.details().number());
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void messagesAndBlocksArriveInOrder(Transport transport) throws Exception {
        on(transport);
        connect();
        byte[] data = new byte[BlockRange.BLOCK_BYTES];
        random.nextBytes(data);
        var sent = new CompletableFuture<Boolean>();
        var incoming = called.connection();

        loop.execute(() -> {
            incoming.send(new WireMessage.Unchoke());
            incoming.sendBlocks(block(7, data), () -> sent.complete(true));
            incoming.send(new WireMessage.Have(3));
        });

        assertThat(caller.next()).isEqualTo("Unchoke[]");
        assertThat(caller.next()).isEqualTo("block 7 0 " + ByteBuffer.wrap(data).hashCode());
        assertThat(caller.next()).isEqualTo("Have[pieceIndex=3]");
        assertThat(sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /// So much that the connection is read in parts, with rests between.
    @ParameterizedTest
    @EnumSource(Transport.class)
    void muchArrivesWholeAndInOrder(Transport transport) throws Exception {
        on(transport);
        connect();
        byte[] data = new byte[BlockRange.BLOCK_BYTES];
        random.nextBytes(data);
        var incoming = called.connection();
        int count = 200;

        loop.execute(() -> {
            for (int piece = 0; piece < count; piece++) {
                incoming.sendBlocks(block(piece, data), () -> {});
            }
        });

        String hash = " 0 " + ByteBuffer.wrap(data).hashCode();
        for (int piece = 0; piece < count; piece++) {
            assertThat(caller.next()).isEqualTo("block " + piece + hash);
        }
    }

    private static ByteBuffer block(int pieceIndex, byte[] data) {
        var message = new WireMessage.Piece(pieceIndex, 0, ByteBuffer.wrap(data));
        return ByteBuffer.wrap(new WireEncoder().encode(message));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void keptBlockOutlivesTheCallThatBroughtIt(Transport transport) throws Exception {
        on(transport);
        connect();
        caller.isKeeping = true;
        byte[] data = new byte[100];
        random.nextBytes(data);
        var incoming = called.connection();

        loop.execute(() -> incoming.sendBlocks(block(0, data), () -> {}));

        caller.next();
        assertThat(caller.kept).hasSize(1);
        assertThat(caller.kept.getFirst()).isEqualTo(ByteBuffer.wrap(data));
        caller.release.getFirst().run();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void readingStopsWhilePausedAndGoesOn(Transport transport) throws Exception {
        on(transport);
        var port = connect();
        var outgoing = caller.connection();
        var incoming = called.connection();

        pause(port, true);
        loop.execute(() -> outgoing.send(new WireMessage.Have(1)));
        loop.execute(() -> incoming.send(new WireMessage.Have(2)));
        assertThat(caller.next()).isEqualTo("Have[pieceIndex=2]");
        assertThat(called.events).isEmpty();
        pause(port, false);

        assertThat(called.next()).isEqualTo("Have[pieceIndex=1]");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void callForAnotherTorrentIsHungUp(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", PeerPort.Limits.USUAL);
        var stranger =
                new PeerPort.Welcome(
                        new Handshake(
                                Id.random(random), Id.random(random), Handshake.Features.OURS),
                        caller);

        loop.execute(() -> port.connect(port.addresses().getFirst(), stranger));

        assertThat(caller.next()).startsWith("failed");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void callToOurselvesFails(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", PeerPort.Limits.USUAL);

        loop.execute(() -> port.connect(port.addresses().getFirst(), calledWelcome));

        assertThat(called.next()).startsWith("failed");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void refusedCallFailsAndMakesRoomForTheNext(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", new PeerPort.Limits(10, 1, 10));
        var other = open("127.0.0.2", PeerPort.Limits.USUAL);
        var nobody = Endpoint.parse("127.0.0.3:9").orElseThrow();

        loop.execute(() -> {
            other.connect(nobody, callerWelcome);
            other.connect(port.addresses().getFirst(), callerWelcome);
        });

        assertThat(List.of(caller.next(), caller.next()))
                .anyMatch(event -> event.startsWith("failed 127.0.0.3:9"))
                .contains("connected");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void streamThatIsNoBitTorrentIsHungUp(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", PeerPort.Limits.USUAL);

        try (var socket = socket(port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(called.events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void callsBeyondTheLimitAreHungUp(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", new PeerPort.Limits(1, 1, 1));

        try (var first = socket(port)) {
            first.getOutputStream().write(callerWelcome.handshake().toBytes());
            called.connection();
            try (var second = socket(port)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(called.next()).isEqualTo("connected");
        assertThat(called.next()).isEqualTo("closed");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void brokenStreamIsReportedAndClosed(Transport transport) throws Exception {
        on(transport);
        var port = open("127.0.0.1", PeerPort.Limits.USUAL);

        try (var socket = socket(port)) {
            socket.getOutputStream().write(callerWelcome.handshake().toBytes());
            socket.getOutputStream().write(new byte[] {-1, -1, -1, -1});
            assertThat(called.next()).isEqualTo("connected");
            assertThat(called.next()).startsWith("misbehaved");
            assertThat(called.next()).isEqualTo("closed");
        }
    }

    private void on(Transport transport) {
        loop.close();
        loop = NetLoop.start("peer-port-test", transport);
    }

    private PeerPort connect() throws Exception {
        var port = open("127.0.0.1", PeerPort.Limits.USUAL);
        var other = open("127.0.0.2", PeerPort.Limits.USUAL);
        loop.execute(() -> other.connect(port.addresses().getFirst(), callerWelcome));
        assertThat(caller.next()).isEqualTo("connected");
        assertThat(called.next()).isEqualTo("connected");
        return port;
    }

    private PeerPort open(String address, PeerPort.Limits limits) throws IOException {
        return PeerPort.open(
                loop,
                ListenAddresses.of(List.of(address), 0),
                limits,
                (wanted, _) ->
                        wanted.equals(infoHash) ? Optional.of(calledWelcome) : Optional.empty());
    }

    private void pause(PeerPort port, boolean isPaused) throws Exception {
        CompletableFuture.runAsync(() -> port.pauseReading(isPaused), loop)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Socket socket(PeerPort port) throws IOException {
        var address = Addresses.socketAddress(port.addresses().getFirst());
        return new Socket(address.getAddress(), address.getPort());
    }

    private PeerPort.Welcome welcome(PeerHandler handler) {
        return new PeerPort.Welcome(
                new Handshake(infoHash, Id.random(random), Handshake.Features.OURS), handler);
    }

    /// Writes down what it hears.
    private static final class Recorder implements PeerHandler {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final CompletableFuture<PeerConnection> connection = new CompletableFuture<>();
        private final List<ByteBuffer> kept = new CopyOnWriteArrayList<>();
        private final List<Runnable> release = new CopyOnWriteArrayList<>();
        private volatile boolean isKeeping;

        String next() throws InterruptedException {
            var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return event == null ? "nothing" : event;
        }

        PeerConnection connection() throws Exception {
            return connection.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void connected(PeerConnection made) {
            connection.complete(made);
            events.add("connected");
        }

        @Override
        public void connectFailed(Endpoint endpoint, String reason) {
            events.add("failed " + endpoint + ": " + reason);
        }

        @Override
        public void received(PeerConnection from, WireMessage message) {
            if (message instanceof WireMessage.Piece(int piece, int offset, ByteBuffer data)) {
                if (isKeeping) {
                    kept.add(data);
                    release.add(from.keepReading());
                }
                events.add("block " + piece + " " + offset + " " + data.hashCode());
            } else {
                events.add(message.toString());
            }
        }

        @Override
        public void misbehaved(PeerConnection from, String reason) {
            events.add("misbehaved: " + reason);
        }

        @Override
        public void closed(PeerConnection from) {
            events.add("closed");
        }
    }
}
