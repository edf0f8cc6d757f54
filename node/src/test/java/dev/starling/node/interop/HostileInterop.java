package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.metainfo.BlockRange;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Mutated datagrams and streams at real processes, by seed and bounded in count.
final class HostileInterop extends OnPrivateDht {

    private static final int DATAGRAMS = 100_000;
    private static final int STREAMS = 10_000;
    private static final long SEED = 4711;

    /// What a process may grow by under all this; a leak of 100 bytes a datagram would show.
    private static final long GROWTH_KIB = 48 * 1024;

    @Test
    void aNodeServesOnAfterAHundredThousandMutatedDatagrams() throws Exception {
        var node =
                lab.starling(
                        "victim",
                        "node",
                        "--listen",
                        lab.address(),
                        "--port",
                        "7000",
                        "--bootstrap",
                        dht.bootstrap());
        var victim =
                Endpoint.parse(
                                LabProcess.text(
                                        node.awaitEvent("ready", Lab.PATIENCE)
                                                .replace("[\"", "\"")
                                                .replace("\"]", "\""),
                                        "addresses"))
                        .orElseThrow();
        node.awaitEvent("bootstrapped", Lab.PATIENCE);
        var random = new SplittableRandom(SEED);

        fire(victim, DATAGRAMS / 5, random);
        long before = rssKib(node);
        fire(victim, DATAGRAMS * 4 / 5, random);
        long after = rssKib(node);

        var ping =
                lab.starling("ping", "dht", "ping", victim.toString(), "--listen", lab.address());
        assertThat(ping.awaitExit(Lab.PATIENCE)).isZero();
        System.out.println("measured: node RSS " + before + " KiB, then " + after + " KiB");
        assertThat(after - before).isLessThan(GROWTH_KIB);
    }

    private void fire(Endpoint victim, int count, SplittableRandom random) throws Exception {
        var codec = new KrpcCodec();
        var address = InetAddress.getByAddress(victim.address().toBytes());
        try (var socket = new DatagramSocket(new InetSocketAddress(lab.address(), 0))) {
            for (int i = 0; i < count; i++) {
                ByteBuffer datagram = codec.encode(query(random));
                byte[] bytes = new byte[datagram.remaining()];
                datagram.get(bytes);
                byte[] mutated = mutate(bytes, random);
                socket.send(new DatagramPacket(mutated, mutated.length, address, victim.port()));
                if (i % 200 == 0) {
                    Thread.sleep(1); // bounded in rate too: the point is bytes, not load
                }
            }
        }
    }

    private static KrpcMessage query(SplittableRandom random) {
        var header =
                new KrpcQuery.Header(
                        ByteString.utf8("aa"), Id.random(random), false, ByteString.EMPTY);
        return switch (random.nextInt(4)) {
            case 0 -> new KrpcQuery.Ping(header);
            case 1 -> new KrpcQuery.FindNode(header, Id.random(random), KrpcQuery.Want.UNSPECIFIED);
            case 2 ->
                    new KrpcQuery.GetPeers(
                            header, Id.random(random), new KrpcQuery.Want(true, true), false, true);
            default ->
                    new KrpcQuery.AnnouncePeer(
                            header, Id.random(random), 6881, true, ByteString.utf8("token"), true);
        };
    }

    @Test
    void aSeederServesOnAfterTenThousandMutatedStreams() throws Exception {
        var content = Content.file(lab.path("seed/hostile.bin"), 8 * Content.MIB, 31);
        String address = lab.address();
        var share =
                lab.starling(
                        "share",
                        "share",
                        content.toString(),
                        "--listen",
                        address,
                        "--port",
                        "7001",
                        "--bootstrap",
                        dht.bootstrap());
        String ready = share.awaitEvent("ready", Lab.PATIENCE);
        share.awaitEvent("announced", Lab.PATIENCE);
        Id infoHash = Id.parseHex(LabProcess.text(ready, "infoHash")).orElseThrow();
        var seeder = new InetSocketAddress(address, 7001);
        var random = new SplittableRandom(SEED);
        SortedSet<String> filesBefore = files(lab.path("seed"));

        stream(seeder, infoHash, STREAMS / 5, random);
        long before = rssKib(share);
        stream(seeder, infoHash, STREAMS * 4 / 5, random);
        long after = rssKib(share);

        lab.get("magnet:?xt=urn:btih:" + infoHash.hex(), dht).complete(content);
        System.out.println("measured: seeder RSS " + before + " KiB, then " + after + " KiB");
        assertThat(after - before).isLessThan(GROWTH_KIB);
        assertThat(files(lab.path("seed"))).isEqualTo(filesBefore);
    }

    private static void stream(
            InetSocketAddress seeder, Id infoHash, int count, SplittableRandom random)
            throws Exception {
        for (int i = 0; i < count; i++) {
            byte[] stream = mutate(conversation(infoHash, random), random);
            try (var socket = new Socket()) {
                socket.connect(seeder, 5_000);
                socket.getOutputStream().write(stream);
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                Thread.sleep(1); // closed on us, as it should be
            }
        }
    }

    private static byte[] conversation(Id infoHash, SplittableRandom random) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new Handshake(infoHash, Id.random(random), Handshake.Features.OURS).toBytes());
        var encoder = new WireEncoder();
        List<WireMessage> messages =
                List.of(
                        new WireMessage.HaveNone(),
                        new WireMessage.Interested(),
                        new WireMessage.Request(new BlockRange(random.nextInt(512), 0, 16 * 1024)),
                        new WireMessage.Have(random.nextInt(512)),
                        new WireMessage.Cancel(new BlockRange(random.nextInt(512), 0, 16 * 1024)),
                        new WireMessage.Port(random.nextInt(65_536)),
                        new WireMessage.KeepAlive());
        for (WireMessage message : messages) {
            out.write(encoder.encode(message));
        }
        return out.toByteArray();
    }

    private static byte[] mutate(byte[] bytes, SplittableRandom random) {
        byte[] mutated = bytes.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0
                ? java.util.Arrays.copyOf(mutated, random.nextInt(1, mutated.length))
                : mutated;
    }

    private static long rssKib(LabProcess process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmRSS of " + process.pid());
    }

    private static SortedSet<String> files(Path folder) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (var walk = Files.walk(folder)) {
            walk.forEach(path -> names.add(folder.relativize(path).toString()));
        }
        return names;
    }
}
