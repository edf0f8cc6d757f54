package dev.starling.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.id.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UdpSocketTest {

    private static final int DATAGRAMS = 100;
    private static final long PATIENCE_SECONDS = 60;

    private record Heard(Endpoint from, String text) {}

    @ParameterizedTest
    @EnumSource(Transport.class)
    void datagramsOfOneTurnAllArriveAndTellTheirSender(Transport transport) throws Exception {
        try (var loop = NetLoop.start("udp-test", transport)) {
            var heard = new LinkedBlockingQueue<Heard>();
            var receiver = bind(loop, "127.0.0.1", 0, heard).getFirst();
            var sender = bind(loop, "127.0.0.2", 0, new LinkedBlockingQueue<>()).getFirst();

            loop.execute(() -> sendNumbers(sender, receiver.local()));

            var texts = new HashSet<String>();
            for (int i = 0; i < DATAGRAMS; i++) {
                var datagram = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(datagram).isNotNull();
                assertThat(datagram.from()).isEqualTo(sender.local());
                texts.add(datagram.text());
            }
            assertThat(texts).hasSize(DATAGRAMS).contains("0", "99");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void socketForAllAddressesServesIpv4(Transport transport) throws Exception {
        try (var loop = NetLoop.start("udp-test", transport)) {
            var heard = new LinkedBlockingQueue<Heard>();
            var receiver = UdpSocket.bindAll(loop, ListenAddresses.of(List.of(), 0)).getFirst();
            receiver.receive(into(heard));
            var sender = bind(loop, "127.0.0.2", 0, new LinkedBlockingQueue<>()).getFirst();
            var to = Endpoint.parse("127.0.0.1:" + receiver.local().port()).orElseThrow();

            loop.execute(() -> sender.send(to, ByteBuffer.wrap(new byte[] {'x'})));

            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(new Heard(sender.local(), "x"));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void allAddressesGetTheSameFreePort(Transport transport) throws Exception {
        try (var loop = NetLoop.start("udp-test", transport)) {
            var listen = ListenAddresses.of(List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"), 0);

            var sockets = UdpSocket.bindAll(loop, listen);

            assertThat(sockets).extracting(socket -> socket.local().port()).hasSize(3);
            assertThat(new HashSet<>(sockets.stream().map(s -> s.local().port()).toList()))
                    .hasSize(1)
                    .doesNotContain(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void takenPortIsNamed(Transport transport) throws Exception {
        try (var loop = NetLoop.start("udp-test", transport)) {
            int port =
                    bind(loop, "127.0.0.1", 0, new LinkedBlockingQueue<>())
                            .getFirst()
                            .local()
                            .port();

            assertThatThrownBy(() -> bind(loop, "127.0.0.1", port, new LinkedBlockingQueue<>()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "cannot listen on UDP port %d of 127.0.0.1: another program uses it",
                            port);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whoeverAnswersIsAskedToWriteDownWhatItAcknowledgesFirst(Transport transport)
            throws Exception {
        try (var loop = NetLoop.start("udp-test", transport)) {
            var heard = new LinkedBlockingQueue<Heard>();
            var asker = bind(loop, "127.0.0.1", 0, heard).getFirst();
            var answerer =
                    UdpSocket.bindAll(loop, ListenAddresses.of(List.of("127.0.0.2"), 0)).getFirst();
            var unwritten = new AtomicInteger();
            answerer.receive(
                    new UdpSocket.Receiver() {
                        @Override
                        public void received(Endpoint from, ByteBuffer payload) {
                            unwritten.incrementAndGet();
                            answerer.send(from, payload);
                        }

                        @Override
                        public void beforeSending() {
                            unwritten.set(0);
                        }
                    });

            loop.execute(() -> sendNumbers(asker, answerer.local()));

            for (int i = 0; i < DATAGRAMS; i++) {
                assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(unwritten).hasValue(0);
        }
    }

    private static void sendNumbers(UdpSocket sender, Endpoint to) {
        for (int i = 0; i < DATAGRAMS; i++) {
            sender.send(to, StandardCharsets.US_ASCII.encode(String.valueOf(i)));
        }
    }

    private static List<UdpSocket> bind(
            NetLoop loop, String address, int port, BlockingQueue<Heard> heard) throws IOException {
        var sockets = UdpSocket.bindAll(loop, ListenAddresses.of(List.of(address), port));
        sockets.forEach(socket -> socket.receive(into(heard)));
        return sockets;
    }

    private static UdpSocket.Receiver into(BlockingQueue<Heard> heard) {
        return (from, payload) ->
                heard.add(new Heard(from, StandardCharsets.US_ASCII.decode(payload).toString()));
    }
}
