package dev.starling.runtime;

import dev.starling.disk.DiskWorkers;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.Magnet;
import dev.starling.net.ListenAddresses;
import dev.starling.net.NetLoop;
import dev.starling.net.PeerPort;
import dev.starling.net.Transport;
import dev.starling.swarm.Swarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Many torrents at once over one TCP port and one DHT node. Thread-safe.
public final class DownloadService implements AutoCloseable {

    /// Connections of one torrent: more bring no more bytes.
    private static final int MAX_SWARM_CONNECTIONS = 200;

    /// Peers served at a time, the optimistic one included; libtorrent's figure.
    private static final int UPLOAD_SLOTS = 8;

    /// Blocks waiting for the disk before reading from the network stops: a tenth of a second of
    /// the fastest disk, and little beside the rest of the process.
    private static final long DISK_BUDGET_BYTES = 32 << 20;

    /// One thread moves bytes and one more hashes beside it; further ones would only take turns.
    private static final int MAX_DISK_THREADS = 2;

    private static final String PEER_ID_PREFIX = "-SR0100-"; // BEP 20

    /// How to run it.
    ///
    /// @param listen addresses to bind; empty for all
    /// @param port TCP port, 0 for any free one, that of the DHT if it is
    /// @param stateFolder where resume data and fetched metadata are kept
    public record Options(List<String> listen, int port, Path stateFolder) {
        public Options {
            listen = List.copyOf(listen);
        }
    }

    /// One torrent to be had.
    ///
    /// @param folder download folder
    /// @param peers known beforehand
    /// @param selection file indexes wanted; empty for all
    /// @param keepSeeding whether to go on once complete
    public record Request(
            Path folder, List<Endpoint> peers, List<Integer> selection, boolean keepSeeding) {
        public Request {
            peers = List.copyOf(peers);
            selection = List.copyOf(selection);
        }
    }

    private final Map<Id, ActiveDownload> downloads = new ConcurrentHashMap<>();
    private final SplittableRandom random = new SplittableRandom();
    private final NetLoop loop;
    private final Surroundings around;

    private DownloadService(Options options, DhtService dht, NetLoop loop) throws IOException {
        this.loop = loop;
        var state = new StateFolder(options.stateFolder());
        var port = open(options, dht);
        int threads = Math.min(MAX_DISK_THREADS, Runtime.getRuntime().availableProcessors());
        var workers =
                new DiskWorkers(
                        threads,
                        DISK_BUDGET_BYTES,
                        isHigh -> loop.execute(() -> port.pauseReading(isHigh)));
        around =
                new Surroundings(
                        loop,
                        port,
                        workers,
                        state,
                        dht,
                        peerId(),
                        ended -> downloads.remove(ended.infoHash(), ended));
    }

    /// Binds the port.
    ///
    /// @throws IOException if the port is taken, an address is not ours, or the state folder cannot
    ///   be made
    public static DownloadService start(Options options, DhtService dht) throws IOException {
        var loop = NetLoop.start("starling-peers", Transport.best());
        try {
            return new DownloadService(options, dht, loop);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    /// The TCP endpoints bound.
    public List<Endpoint> addresses() {
        return around.port().addresses();
    }

    /// Downloads by magnet link; peers are looked for in the DHT at once. A torrent that is here
    /// already is returned as it is.
    public Download add(Magnet magnet, Request request, DownloadListener listener) {
        var known = around.state().metadata(magnet.infoHash());
        if (known.isPresent()) {
            return add(known.get(), request, listener);
        }
        var infoHash = magnet.infoHash();
        return begin(
                infoHash,
                () -> new Swarm(infoHash, settings(), random.split()),
                task(infoHash, request),
                listener);
    }

    /// Downloads by known metadata. A torrent that is here already is returned as it is.
    public Download add(InfoDictionary info, Request request, DownloadListener listener) {
        return begin(
                info.infoHash(),
                () -> new Swarm(info, settings(), random.split()),
                task(info.infoHash(), request),
                listener);
    }

    /// Seeds what the caller knows to lie complete in `folder`, announcing it to the DHT now and
    /// again. Nothing is written there.
    public Download share(InfoDictionary info, Path folder, DownloadListener listener) {
        var place = new SwarmDisk.Place(folder, around.state().resumeFile(info.infoHash()), true);
        return begin(
                info.infoHash(),
                () -> new Swarm(info, settings(), random.split()),
                new ActiveDownload.Task(place, List.of(), List.of(), true),
                listener);
    }

    /// Stops every download within a second or two, keeping what was verified.
    @Override
    public void close() {
        for (var download : List.copyOf(downloads.values())) {
            download.close();
        }
        around.port().close();
        around.workers().close();
        loop.close();
    }

    private Download begin(
            Id infoHash,
            Supplier<Swarm> swarm,
            ActiveDownload.Task task,
            DownloadListener listener) {
        return downloads.computeIfAbsent(
                infoHash,
                _ -> {
                    var download = new ActiveDownload(around, swarm.get(), task, listener);
                    loop.execute(download::begin);
                    return download;
                });
    }

    private ActiveDownload.Task task(Id infoHash, Request request) {
        var place =
                new SwarmDisk.Place(request.folder(), around.state().resumeFile(infoHash), false);
        return new ActiveDownload.Task(
                place, request.peers(), request.selection(), request.keepSeeding());
    }

    private Swarm.Settings settings() {
        return new Swarm.Settings(
                around.peerId(), around.tcpPort(), MAX_SWARM_CONNECTIONS, UPLOAD_SLOTS);
    }

    /// Where any port will do, that of the DHT is tried first: people open one port, not two.
    private PeerPort open(Options options, DhtService dht) throws IOException {
        if (options.port() == 0) {
            try {
                return open(options, dht.addresses().getFirst().port());
            } catch (IOException e) {
                return open(options, 0);
            }
        }
        return open(options, options.port());
    }

    private PeerPort open(Options options, int port) throws IOException {
        return PeerPort.open(
                loop,
                ListenAddresses.of(options.listen(), port),
                PeerPort.Limits.USUAL,
                (infoHash, _) ->
                        Optional.ofNullable(downloads.get(infoHash))
                                .flatMap(ActiveDownload::welcome));
    }

    private Id peerId() {
        byte[] id = Id.random(random).toBytes();
        byte[] prefix = PEER_ID_PREFIX.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(prefix, 0, id, 0, prefix.length);
        return Id.of(id);
    }
}
