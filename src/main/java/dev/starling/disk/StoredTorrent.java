package dev.starling.disk;

import dev.starling.metainfo.InfoDictionary;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the parts of one [Storage] share. Thread-safe.
final class StoredTorrent {

    private static final Logger log = LoggerFactory.getLogger(StoredTorrent.class);

    private final InfoDictionary info;
    private final DiskWorkers workers;
    private final boolean isReadOnly;
    private final VerifiedPieces verified;
    private final ResumeFile resume;
    private final BlockNotes notes;
    private final FileWatch watch;
    private final Stall stall;
    private final TorrentFiles files;
    private final Executor executor;
    private final Consumer<? super StorageEvent> events;
    private volatile boolean isClosed;

    StoredTorrent(InfoDictionary info, Storage.Target target, DiskWorkers workers) {
        this.info = info;
        this.workers = workers;
        this.isReadOnly = target.isReadOnly();
        this.verified = new VerifiedPieces(info);
        this.resume = new ResumeFile(target.resumeFile(), info);
        var notesName = target.resumeFile().getFileName() + ".blocks";
        this.notes = new BlockNotes(target.resumeFile().resolveSibling(notesName), info);
        this.executor = target.executor();
        this.events = target.events();
        this.stall = new Stall(this);
        this.watch = new FileWatch(this, stall);
        var folder =
                isReadOnly
                        ? SafeFolder.forReading(target.folder())
                        : SafeFolder.forDownload(target.folder());
        this.files = new TorrentFiles(FileLayout.of(info), folder, workers.shared(), watch);
    }

    InfoDictionary info() {
        return info;
    }

    DiskWorkers workers() {
        return workers;
    }

    boolean isReadOnly() {
        return isReadOnly;
    }

    VerifiedPieces verified() {
        return verified;
    }

    ResumeFile resume() {
        return resume;
    }

    BlockNotes notes() {
        return notes;
    }

    FileWatch watch() {
        return watch;
    }

    Stall stall() {
        return stall;
    }

    TorrentFiles files() {
        return files;
    }

    boolean isClosed() {
        return isClosed;
    }

    void markClosed() {
        isClosed = true;
    }

    /// Hands an event to the owner, who may have gone already.
    void report(StorageEvent event) {
        try {
            executor.execute(() -> events.accept(event));
        } catch (RejectedExecutionException e) {
            log.debug("nobody is left to hear {}", event);
        }
    }
}
