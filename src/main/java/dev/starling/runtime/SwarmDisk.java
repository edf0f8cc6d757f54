package dev.starling.runtime;

import dev.starling.disk.DiskWorkers;
import dev.starling.disk.Storage;
import dev.starling.disk.StorageEvent;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The storage of one swarm, once its metadata is known. Confined to the peers' loop, but for
/// [#close].
final class SwarmDisk {

    private final NetLoop loop;
    private final DiskWorkers workers;
    private final Place place;
    private final MachineLoop<SwarmInput, ?> machine;
    private final SwarmPeers peers;
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
        this.machine = machine;
        this.peers = peers;
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

    /// Reads a block and sends it.
    void upload(SwarmEffect.Upload upload) {
        opened().read(upload.range(), new Reading(upload));
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

    /// A block being read.
    private final class Reading implements Storage.ReadCallback {

        private final SwarmEffect.Upload upload;

        Reading(SwarmEffect.Upload upload) {
            this.upload = upload;
        }

        @Override
        public void read(BlockRange range, ByteBuffer data, Runnable release) {
            loop.execute(new Block(upload, data, release));
        }

        @Override
        public void failed(BlockRange range, String reason) {
            machine.post(new SwarmInput.Uploaded(upload.connection(), range));
        }
    }

    /// A block on its way from disk to network, on the loop. A class, since one is made for every
    /// block; see [dev.starling.net.PeerConnection].
    private final class Block implements Runnable {

        private final SwarmEffect.Upload upload;
        private final ByteBuffer data;
        private final Runnable release;

        Block(SwarmEffect.Upload upload, ByteBuffer data, Runnable release) {
            this.upload = upload;
            this.data = data;
            this.release = release;
        }

        @Override
        public void run() {
            peers.upload(upload.connection(), upload.range(), data, release);
        }
    }
}
