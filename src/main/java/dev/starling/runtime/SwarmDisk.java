package dev.starling.runtime;

import dev.starling.disk.DiskWorkers;
import dev.starling.disk.Storage;
import dev.starling.disk.StorageEvent;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The storage of one swarm, once its metadata is known. Confined to the peers' loop, but for
/// [#close].
final class SwarmDisk {

    private final NetLoop loop;
    private final DiskWorkers workers;
    private final Place place;
    private final SwarmPeers peers;
    private final SwarmUploads uploads;
    private final Runnable wake = this::wake;
    private volatile @Nullable Storage storage;
    private boolean isWakeDue;

    /// Where a torrent lies.
    ///
    /// @param isComplete whether the caller knows that all of it is there and right; then nothing
    ///   is ever written
    record Place(Path folder, Path resumeFile, boolean isComplete) {}

    SwarmDisk(
            NetLoop loop,
            DiskWorkers workers,
            Place place,
            MachineLoop<SwarmInput, ?> machine,
            SwarmPeers peers) {
        this.loop = loop;
        this.workers = workers;
        this.place = place;
        this.peers = peers;
        this.uploads = new SwarmUploads(loop, machine, peers);
    }

    /// Opens the files; `events` hears what the machine does not.
    void open(InfoDictionary info, Consumer<? super StorageEvent> events) {
        var target =
                new Storage.Target(
                        place.folder(), place.resumeFile(), place.isComplete(), loop, events);
        storage =
                place.isComplete()
                        ? Storage.openVerified(
                                info, target, workers, PieceSet.full(info.pieceCount()))
                        : Storage.open(info, target, workers);
    }

    /// Stores a block that is being received, where it lies.
    void store(SwarmEffect.StoreBlock block) {
        opened().store(block.pieceIndex(), block.offsetBytes(), block.data(), peers.keepReceived());
        wakeAtTurnEnd();
    }

    void digest(int pieceIndex) {
        opened().digestBlocks(pieceIndex);
    }

    /// Reads a block and sends it, with others.
    void upload(SwarmEffect.Upload upload) {
        uploads.add(upload);
        wakeAtTurnEnd();
    }

    /// What many messages of a turn ask of the disk threads is one waking for them.
    private void wakeAtTurnEnd() {
        if (!isWakeDue) {
            isWakeDue = true;
            loop.atTurnEnd(wake);
        }
    }

    private void wake() {
        isWakeDue = false;
        uploads.read(opened());
        workers.wake();
    }

    /// Writes what is left to write and closes the files, within a second or two; waits for it.
    void close() {
        var open = storage;
        if (open != null) {
            open.close();
        }
    }

    private Storage opened() {
        var open = storage;
        if (open == null) {
            throw new IllegalStateException("blocks move before there is storage");
        }
        return open;
    }
}
