package dev.starling.crawler.interop;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireDecoder;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A peer on loopback that serves the metadata of many torrents, and remembers which.
final class LoopbackSeeder implements AutoCloseable {

    private static final int BACKLOG = 1_000;
    private static final int READ_BYTES = 4_096;

    private final ServerSocket server;
    private final Map<Id, byte[]> infos = new LinkedHashMap<>();
    private final Set<Id> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final Set<Id> served = ConcurrentHashMap.newKeySet();

    LoopbackSeeder(int torrents) throws IOException {
        for (int number = 0; number < torrents; number++) {
            byte[] info = info(number);
            infos.put(Id.of(Sha1.of(info)), info);
        }
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("loopback-seeder").start(this::accept);
    }

    Endpoint endpoint() {
        return new Endpoint(IpAddress.v4(0x7f000001), server.getLocalPort());
    }

    Set<Id> infoHashes() {
        return Set.copyOf(infos.keySet());
    }

    /// What was asked for since the last call, once all who asked have gone. Those that the kernel
    /// still holds are heard first: they come before a connection of our own.
    Set<Id> takeAsked() throws IOException, InterruptedException {
        try (var last = new Socket(server.getInetAddress(), server.getLocalPort())) {
            last.shutdownOutput();
            last.getInputStream().readAllBytes();
        }
        while (open.get() > 0) {
            Thread.sleep(10);
        }
        var taken = Set.copyOf(asked);
        asked.removeAll(taken);
        return taken;
    }

    /// What was served, at least once.
    Set<Id> everServed() {
        return Set.copyOf(served);
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var socket = server.accept();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            byte[] greeting = new byte[Handshake.LENGTH_BYTES];
            in.readFully(greeting);
            if (!(Handshake.read(ByteBuffer.wrap(greeting)) instanceof Handshake.Read(var theirs))
                    || !infos.containsKey(theirs.infoHash())) {
                return;
            }
            asked.add(theirs.infoHash());
            var ours = new Handshake(theirs.infoHash(), Id.ZERO, Handshake.Features.OURS);
            var talk = new Talk(theirs.infoHash());
            out.write(ours.toBytes());
            out.write(talk.greeting());
            byte[] read = new byte[READ_BYTES];
            for (int count = in.read(read); count > 0; count = in.read(read)) {
                out.write(talk.answer(ByteBuffer.wrap(read, 0, count)));
            }
        } catch (IOException e) {
            return; // they have hung up, or were killed
        } finally {
            open.decrementAndGet();
        }
    }

    /// One connection after the handshakes.
    private final class Talk {
        private final Id infoHash;
        private final byte[] info;
        private final WireEncoder encoder = new WireEncoder();
        private final WireDecoder decoder = new WireDecoder();
        private final ByteBuffer unread = ByteBuffer.allocate(4 * READ_BYTES).limit(0);

        Talk(Id infoHash) {
            this.infoHash = infoHash;
            this.info = infos.getOrDefault(infoHash, new byte[0]);
        }

        byte[] greeting() {
            return encoder.encode(
                    new WireMessage.ExtensionHandshake(
                            OptionalInt.of(WireEncoder.METADATA_NUMBER),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            OptionalInt.of(info.length),
                            OptionalInt.empty(),
                            false,
                            "loopback"));
        }

        byte[] answer(ByteBuffer bytes) {
            unread.compact().put(bytes).flip();
            byte[] answer = {};
            while (decoder.next(unread) instanceof WireDecoder.Decoded(var message)) {
                if (message instanceof WireMessage.ExtensionHandshake theirs) {
                    encoder.remote(theirs);
                } else if (message instanceof WireMessage.MetadataRequest(int block)) {
                    served.add(infoHash);
                    answer =
                            encoder.encode(
                                    new WireMessage.MetadataData(
                                            block, info.length, ByteString.of(info)));
                }
            }
            return answer;
        }
    }

    private static byte[] info(int number) {
        return new BencodeWriter()
                .beginDictionary()
                .key("length")
                .integer(1_000_000L + number)
                .key("name")
                .text("torrent " + number)
                .key("piece length")
                .integer(1 << 20)
                .key("pieces")
                .string(new byte[Sha1.of(new byte[0]).length])
                .end()
                .toBytes();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
