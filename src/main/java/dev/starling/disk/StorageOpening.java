package dev.starling.disk;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.util.Optional;

/// Opens a torrent's files: finds out which pieces are there, by memory or by hashing, and begins a
/// new resume file. What fails is reported as a stall and tried again.
final class StorageOpening {

    private final StoredTorrent torrent;
    private final Optional<PieceSet> given;
    private final Runnable opened;
    private String reported = "";

    /// @param given what the caller has just verified itself
    /// @param opened run before [StorageEvent.Opened] is reported
    StorageOpening(StoredTorrent torrent, Optional<PieceSet> given, Runnable opened) {
        this.torrent = torrent;
        this.given = given;
        this.opened = opened;
    }

    void start() {
        torrent.workers().of(0).submit(this::look);
    }

    private void look() {
        if (torrent.isClosed()) {
            return;
        }
        try {
            torrent.files().checkNames();
        } catch (FileProblem e) {
            torrent.report(new StorageEvent.Failed(e.reason(), e.hint()));
            return;
        }
        if (given.isPresent()) {
            finish(given.get());
        } else {
            compare();
        }
    }

    private void compare() {
        try {
            var stamps = torrent.watch().takeStamps();
            Optional<ResumeFile.Remembered> remembered =
                    torrent.isReadOnly() ? Optional.empty() : torrent.resume().load();
            var plan = OpeningPlan.of(torrent.info(), stamps, remembered);
            if (plan.toCheck().isEmpty()) {
                finish(plan.believed());
            } else {
                new ExistingCheck(torrent, plan, this::finish).start();
            }
        } catch (IOException e) {
            retry(e, this::look);
        }
    }

    private void finish(PieceSet right) {
        if (torrent.isClosed()) {
            return;
        }
        torrent.verified().replace(right);
        try {
            if (!torrent.isReadOnly()) {
                createEmptyFiles();
                torrent.resume().begin(right, torrent.watch().takeStamps(), FileWatch.nowNanos());
            }
        } catch (IOException e) {
            retry(e, () -> finish(right));
            return;
        }
        if (!reported.isEmpty()) {
            torrent.report(new StorageEvent.Resumed());
        }
        opened.run();
        torrent.report(new StorageEvent.Opened(right.copy()));
    }

    /// Files without bytes belong to no piece, so no block will ever make them.
    private void createEmptyFiles() throws IOException {
        var files = torrent.info().files();
        for (int index = 0; index < files.size(); index++) {
            FileEntry file = files.get(index);
            if (file.lengthBytes() == 0
                    && !file.isPadding()
                    && torrent.files().stamp(index).isEmpty()) {
                torrent.files().create(index);
            }
        }
    }

    private void retry(IOException cause, Runnable step) {
        var problem = FileProblem.of(torrent.files().folder(), cause);
        if (!problem.reason().equals(reported)) {
            reported = problem.reason();
            torrent.report(new StorageEvent.Stalled(problem.reason(), problem.hint()));
        }
        var workers = torrent.workers();
        workers.schedule(() -> workers.of(0).submit(step), workers.pace().retryMillis());
    }
}
