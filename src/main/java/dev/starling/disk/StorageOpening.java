package dev.starling.disk;

import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens a torrent's files: finds out which pieces are there, by memory or by hashing, and begins a
/// new resume file. What fails is reported as a stall and tried again.
final class StorageOpening {

    private final StoredTorrent torrent;
    private final Optional<PieceSet> given;
    private final Consumer<? super BlockSet> opened;
    private String reported = "";

    /// @param given what the caller has just verified itself
    /// @param opened told the blocks written before, ahead of [StorageEvent.Opened]
    StorageOpening(
            StoredTorrent torrent, Optional<PieceSet> given, Consumer<? super BlockSet> opened) {
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
            finish(given.get(), BlockSet.EMPTY);
        } else {
            compare();
        }
    }

    private void compare() {
        try {
            var stamps = torrent.watch().takeStamps();
            var plan = OpeningPlan.of(torrent.info(), stamps, earlier());
            if (plan.toCheck().isEmpty()) {
                finish(plan.believed(), plan.written());
            } else {
                new ExistingCheck(torrent, plan, right -> finish(right, plan.written())).start();
            }
        } catch (IOException e) {
            retry(e, this::look);
        }
    }

    private OpeningPlan.Earlier earlier() throws IOException {
        return torrent.isReadOnly()
                ? OpeningPlan.Earlier.NOTHING
                : new OpeningPlan.Earlier(torrent.resume().load(), torrent.notes().load());
    }

    private void finish(PieceSet right, BlockSet written) {
        if (torrent.isClosed()) {
            return;
        }
        torrent.verified().replace(right);
        try {
            if (!torrent.isReadOnly()) {
                createEmptyFiles();
                torrent.resume().begin(right, torrent.watch().takeStamps(), FileWatch.nowNanos());
                torrent.notes().begin(written);
            }
        } catch (IOException e) {
            retry(e, () -> finish(right, written));
            return;
        }
        if (!reported.isEmpty()) {
            torrent.report(new StorageEvent.Resumed());
        }
        opened.accept(written);
        torrent.report(new StorageEvent.Opened(right.copy(), written));
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
