package dev.starling.runtime;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import dev.starling.net.PeerPort;
import dev.starling.swarm.PeerStatus;
import dev.starling.swarm.Swarm;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import dev.starling.swarm.SwarmStatus;
import dev.starling.wire.Handshake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One torrent at work: its swarm, among its peers, its disk and the DHT, and whoever listens.
///
/// Everything happens on the peers' loop, but for the questions and the close that come from other
/// threads.
final class ActiveDownload implements Download, DhtPeers.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveDownload.class);

    private final Surroundings around;
    private final Task task;
    private final DownloadListener listener;
    private final Swarm swarm;
    private final MachineLoop<SwarmInput, SwarmEffect> machine;
    private final SwarmPeers peers;
    private final SwarmDisk disk;
    private final DhtPeers dht;
    private final StallWatch stalls;
    private final CompletableFuture<Path> completion = new CompletableFuture<>();
    private volatile SwarmStatus lastStatus;
    private volatile boolean isStopped;
    private boolean isClosed;

    /// What is to be done.
    ///
    /// @param place where the files are
    /// @param peers known beforehand
    /// @param selection file indexes wanted; empty for all
    /// @param keepSeeding whether to go on once complete
    record Task(
            SwarmDisk.Place place,
            List<Endpoint> peers,
            List<Integer> selection,
            boolean keepSeeding) {}

    ActiveDownload(Surroundings around, Swarm swarm, Task task, DownloadListener listener) {
        this.around = around;
        this.task = task;
        this.listener = listener;
        this.swarm = swarm;
        var loop = around.loop();
        machine = new MachineLoop<>(loop, swarm, this::follow, this::broken);
        var ours = new Handshake(swarm.infoHash(), around.peerId(), Handshake.Features.OURS);
        peers = new SwarmPeers(machine, around.port(), ours, around.dhtPorts());
        disk = new SwarmDisk(loop, around.workers(), task.place(), machine, peers);
        var subject = new DhtPeers.Subject(swarm.infoHash(), around.tcpPort());
        dht = new DhtPeers(loop, around.dht(), subject, this);
        stalls = new StallWatch(listener, NetLoop.nowNanos());
        lastStatus = swarm.status(NetLoop.nowNanos());
    }

    /// Sets out; on the loop.
    void begin() {
        if (!task.peers().isEmpty()) {
            machine.handle(new SwarmInput.PeersFound(task.peers(), SwarmInput.Source.USER));
        }
        var info = swarm.info();
        if (info.isEmpty() || !info.get().isPrivate()) {
            dht.begin();
        }
        info.ifPresent(this::open);
        watch();
    }

    /// How calls for this torrent are answered; empty once it has stopped.
    Optional<PeerPort.Welcome> welcome() {
        return isStopped ? Optional.empty() : Optional.of(peers.welcome());
    }

    @Override
    public Id infoHash() {
        return swarm.infoHash();
    }

    @Override
    public Optional<InfoDictionary> info() {
        return around.loop().ask(swarm::info).orElseGet(swarm::info);
    }

    @Override
    public SwarmStatus status() {
        around.loop()
                .ask(() -> swarm.status(NetLoop.nowNanos()))
                .ifPresent(status -> lastStatus = status);
        return lastStatus;
    }

    @Override
    public List<PeerStatus> peers() {
        return around.loop().ask(() -> swarm.peers(NetLoop.nowNanos())).orElse(List.of());
    }

    @Override
    public DhtProgress dhtProgress() {
        return around.loop().ask(dht::progress).orElse(new DhtProgress(0, 0, false, 0));
    }

    @Override
    public CompletableFuture<Path> completion() {
        return completion;
    }

    @Override
    public void close() {
        if (around.loop().isInLoop()) {
            stop();
            Upkeep.run(this::close); // the disk may take its time
            return;
        }
        synchronized (completion) {
            if (!isClosed) {
                isClosed = true;
                var _ = around.loop().ask(this::stop);
                disk.close();
                around.ended().accept(this);
                completion.completeExceptionally(new IOException("stopped before it was complete"));
            }
        }
    }

    // What the DHT brings.

    @Override
    public boolean isOurselves(Endpoint endpoint) {
        return around.port().isOurselves(endpoint);
    }

    @Override
    public void peersFound(List<Endpoint> found, int total) {
        machine.handle(new SwarmInput.PeersFound(found, SwarmInput.Source.DHT));
        listener.peersFound(total);
    }

    @Override
    public void announced(int nodes, long elapsedNanos) {
        listener.announced(nodes, elapsedNanos);
    }

    @Override
    public boolean isAlone() {
        var status = swarm.status(NetLoop.nowNanos());
        return status.stage().compareTo(SwarmStatus.Stage.SEEDING) < 0
                && status.peersConnected() == 0;
    }

    @Override
    public void broken(RuntimeException mistake) {
        LOG.error("a download has stopped by a mistake of ours: torrent={}", infoHash(), mistake);
        fail(new IOException("the download has stopped by a mistake of its own", mistake));
    }

    /// The effects of every block first: see [Swarm].
    private void follow(SwarmEffect effect) {
        if (effect instanceof SwarmEffect.Send(var connection, var message)) {
            peers.send(connection, message);
        } else if (effect instanceof SwarmEffect.StoreBlock block) {
            disk.store(block);
        } else if (effect instanceof SwarmEffect.Upload upload) {
            disk.upload(upload);
        } else {
            followRest(effect);
        }
    }

    private void followRest(SwarmEffect effect) {
        switch (effect) {
            case SwarmEffect.Send(var connection, var message) -> peers.send(connection, message);
            case SwarmEffect.StoreBlock block -> disk.store(block);
            case SwarmEffect.Upload upload -> disk.upload(upload);
            case SwarmEffect.Connect(var endpoint) -> peers.connect(endpoint);
            case SwarmEffect.Disconnect(var connection, var reason) -> {
                LOG.debug("hung up: torrent={} reason={}", infoHash(), reason);
                peers.disconnect(connection);
            }
            case SwarmEffect.DigestBlocks(int piece) -> disk.digest(piece);
            case SwarmEffect.MetadataVerified(var info) -> metadataVerified(info);
            case SwarmEffect.MetadataRefused(var reason) ->
                    fail(new NeverCompleteException("the torrent is refused: " + reason));
            case SwarmEffect.NeedPeers() -> dht.needPeers();
            case SwarmEffect.Completed() -> completed();
            case SwarmEffect.Banned(var endpoint, var reason) -> {
                LOG.info("peer banned: torrent={} peer={} reason={}", infoHash(), endpoint, reason);
                listener.banned(endpoint, reason);
            }
        }
    }

    private void metadataVerified(InfoDictionary info) {
        Upkeep.run(() -> around.state().saveMetadata(info));
        if (info.isPrivate()) {
            dht.stop();
        }
        open(info);
    }

    private void open(InfoDictionary info) {
        listener.metadata(info);
        int files = info.files().size();
        var missing = task.selection().stream().filter(file -> file >= files).findFirst();
        if (missing.isPresent()) {
            fail(
                    new NeverCompleteException(
                            "file %d is selected, but the torrent's last one is number %d"
                                    .formatted(missing.get(), files - 1)));
            return;
        }
        disk.open(info, new DiskReports(info, task.selection(), machine, listener, this::fail));
    }

    private void completed() {
        dht.completed();
        var name = swarm.info().orElseThrow().name();
        var path = task.place().folder().resolve(name);
        listener.complete(path);
        completion.complete(path);
        if (!task.keepSeeding()) {
            Upkeep.run(this::close);
        }
    }

    private void watch() {
        if (isStopped) {
            return;
        }
        var isPrivate = swarm.info().filter(InfoDictionary::isPrivate).isPresent();
        long nowNanos = NetLoop.nowNanos();
        var status = swarm.status(nowNanos);
        stalls.look(
                new Stall.Facts(status, dht.progress(), around.dht().health(), isPrivate),
                nowNanos);
        if (status.stage().compareTo(SwarmStatus.Stage.SEEDING) < 0) {
            var _ = around.loop().schedule(this::watch, StallWatch.EVERY.toNanos());
        }
    }

    private void fail(IOException why) {
        completion.completeExceptionally(why);
        stop();
    }

    /// Leaves the swarm and the DHT; on the loop.
    private boolean stop() {
        if (!isStopped) {
            lastStatus = swarm.status(NetLoop.nowNanos());
            isStopped = true;
            dht.stop();
            machine.handle(new SwarmInput.Stop());
        }
        return isStopped;
    }
}
