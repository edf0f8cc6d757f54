package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.hash.Sha1;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches a torrent's files while they are written, so that the resume file knows what is ours and
/// a file that vanished under an open handle is noticed. Thread-safe.
///
/// Each heartbeat looks at the files written since the last one and notes how they are. The first
/// write after a pause moves the heartbeat at once, before it happens.
final class FileWatch implements TorrentFiles.Keeper {

    private final StoredTorrent torrent;
    private final Stall stall;
    private final BitSet touched = new BitSet();
    private final @Nullable FileStamp[] known;
    private boolean isBeating;

    FileWatch(StoredTorrent torrent, Stall stall) {
        this.torrent = torrent;
        this.stall = stall;
        this.known = new FileStamp[torrent.info().files().size()];
    }

    /// How every file is now; what they are known by from here on.
    List<Optional<FileStamp>> takeStamps() throws IOException {
        List<Optional<FileStamp>> stamps = new ArrayList<>();
        for (int index = 0; index < known.length; index++) {
            var stamp = torrent.files().stamp(index);
            stamps.add(stamp);
            know(index, stamp.orElse(null));
        }
        return stamps;
    }

    @Override
    public boolean mayCreate(int fileIndex) {
        return !torrent.verified().anyIn(torrent.info().files().get(fileIndex));
    }

    @Override
    public void writing(int fileIndex) throws IOException {
        synchronized (this) {
            if (isBeating) {
                return;
            }
            isBeating = true;
        }
        boolean began = false;
        try {
            torrent.resume().beat(nowNanos());
            began = true;
        } finally {
            if (!began) {
                stopBeating();
            }
        }
        scheduleBeat();
    }

    /// Only now, so that the next look at the file sees what was written.
    @Override
    public synchronized void written(int fileIndex) {
        touched.set(fileIndex);
    }

    private void scheduleBeat() {
        torrent.workers().schedule(this::beat, torrent.workers().pace().heartbeatMillis());
    }

    private void beat() {
        if (torrent.isClosed()) {
            return;
        }
        try {
            if (noteTouched()) {
                torrent.resume().beat(nowNanos());
                scheduleBeat();
            } else {
                stopBeating();
            }
        } catch (IOException e) {
            stopBeating();
            stall.begin(e, 0);
        }
    }

    private synchronized void stopBeating() {
        isBeating = false;
    }

    /// Notes the files written since the last time; false if there were none.
    boolean noteTouched() throws IOException {
        BitSet changed;
        synchronized (this) {
            changed = (BitSet) touched.clone();
            touched.clear();
        }
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            note(i);
        }
        return !changed.isEmpty();
    }

    /// Compares the file with the one it was.
    private void note(int fileIndex) throws IOException {
        var stamp = torrent.files().stamp(fileIndex);
        opened(fileIndex, stamp);
        torrent.resume().note(fileIndex, stamp);
    }

    @Override
    public void opened(int fileIndex, Optional<FileStamp> stamp) throws IOException {
        if (stamp.isEmpty()) {
            throw FileProblem.vanished(torrent.files().path(fileIndex));
        }
        if (!isKnownAs(fileIndex, stamp.get())) {
            if (torrent.resume().isBegun()) {
                torrent.resume().distrust(fileIndex);
            }
            throw FileProblem.replaced(torrent.files().path(fileIndex));
        }
        know(fileIndex, stamp.get());
    }

    /// Looks at every file that holds verified pieces and hashes those of a file that is not the
    /// one it was; throws what is still wrong.
    void recheck(ByteBuffer scratch) throws IOException {
        for (int index = 0; index < known.length; index++) {
            if (!torrent.verified().anyIn(torrent.info().files().get(index))) {
                continue;
            }
            var stamp = torrent.files().stamp(index);
            if (stamp.isEmpty()) {
                throw FileProblem.vanished(torrent.files().path(index));
            }
            if (!isKnownAs(index, stamp.get())) {
                recheckPieces(index, new PieceReader(torrent.files(), scratch));
            }
            know(index, stamp.get());
        }
    }

    private void recheckPieces(int fileIndex, PieceReader reader) throws IOException {
        var file = torrent.info().files().get(fileIndex);
        var verified = torrent.verified().copy();
        var hash = new Sha1();
        int last = torrent.verified().lastPiece(file);
        int piece = verified.next(torrent.verified().firstPiece(file));
        for (; piece >= 0 && piece <= last; piece = verified.next(piece + 1)) {
            if (!reader.isRight(torrent.info(), piece, hash)) {
                throw FileProblem.replaced(torrent.files().path(fileIndex));
            }
        }
    }

    private synchronized boolean isKnownAs(int fileIndex, FileStamp now) {
        var then = known[fileIndex];
        return then == null || then.isSameFile(now);
    }

    private synchronized void know(int fileIndex, @Nullable FileStamp stamp) {
        known[fileIndex] = stamp;
    }

    /// Wall-clock, as files' times are.
    static long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }
}
