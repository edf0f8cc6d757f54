package dev.starling.crawler.interop;

import dev.starling.crawler.paper.PaperNetwork;
import dev.starling.crawler.paper.PaperTorrents;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcQuery;
import dev.starling.net.NetLoop;
import dev.starling.net.Transport;
import dev.starling.net.UdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A network on paper whose nodes answer on real sockets of loopback, and remember who was asked
/// for infohashes.
final class LoopbackNodes implements AutoCloseable {

    /// Nobody is to be asked twice while a test runs.
    static final long INTERVAL_SECONDS = 3_600;

    private final NetLoop loop = NetLoop.start("loopback-nodes", Transport.best());
    private final KrpcCodec codec = new KrpcCodec(); // of the loop
    private final PaperTorrents torrents;
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final Map<Integer, Integer> samples = new ConcurrentHashMap<>();

    LoopbackNodes(PaperNetwork network, PaperTorrents torrents) throws IOException {
        this.torrents = torrents;
        for (int node = 0; node < network.live(); node++) {
            var socket = UdpSocket.bindAll(loop, List.of(network.endpoint(node))).getFirst();
            int number = node;
            socket.receive((from, payload) -> answer(number, socket, from, payload));
            sockets.add(socket);
        }
    }

    private void answer(int node, UdpSocket socket, Endpoint from, ByteBuffer payload) {
        if (codec.decode(payload) instanceof KrpcCodec.Message(KrpcQuery query)) {
            if (query instanceof KrpcQuery.SampleInfohashes) {
                samples.merge(node, 1, Integer::sum);
            }
            socket.send(from, codec.encode(torrents.answer(node, query, INTERVAL_SECONDS)));
        }
    }

    /// How often each node was asked for infohashes so far, those that were not left out.
    Map<Integer, Integer> samples() {
        return Map.copyOf(samples);
    }

    @Override
    public void close() {
        sockets.forEach(UdpSocket::close);
        loop.close();
    }
}
