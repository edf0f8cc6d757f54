package dev.starling.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ConformanceCommandTest {

    private static final int MIN_CHECKS = 80;

    @Test
    void starlingPassesEveryCheck() throws Exception {
        var options = new DhtService.Options(List.of("127.0.78.1"), 0, List.of(), false);
        try (var node = DhtService.start(options, Stores.inMemory(), told -> {})) {
            var lines = run(node.addresses().getFirst(), "--patience", "400ms");

            assertThat(lines).filteredOn(line -> line.contains(":\"fails\"")).isEmpty();
            assertThat(lines).filteredOn(line -> line.contains(":\"skipped\"")).isEmpty();
            assertThat(lines)
                    .filteredOn(line -> line.contains("\"holds\""))
                    .hasSizeGreaterThanOrEqualTo(MIN_CHECKS);
        }
    }

    @Test
    void aNodeThatOnlyEchoesFails() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.78.2"))) {
            Thread.ofVirtual().start(() -> answerEverything(socket));
            var endpoint = Endpoint.parse("127.0.78.2:" + socket.getLocalPort()).orElseThrow();

            var lines = run(endpoint, "--patience", "50ms", "--bep", "44", "--bep", "33");

            assertThat(lines).filteredOn(line -> line.contains("\"holds\"")).hasSizeLessThan(10);
            assertThat(lines).filteredOn(line -> line.contains("\"fails\"")).hasSizeGreaterThan(30);
        }
    }

    /// Gives the same short answer to any query, which is all that a ping needs.
    private static void answerEverything(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            while (true) {
                socket.receive(packet);
                var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                var query = Reply.read(bytes);
                if (query.isPresent()) {
                    byte[] answer = Player.answer(query.get(), Id.ZERO);
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private static List<String> run(Endpoint target, String... options) {
        var out = new StringWriter();
        var command =
                new CommandLine(new ConformanceCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(new StringWriter()));
        var arguments = new ArrayList<>(List.of(target.toString(), "--json"));
        arguments.addAll(List.of(options));
        command.execute(arguments.toArray(String[]::new));
        return out.toString().lines().toList();
    }
}
