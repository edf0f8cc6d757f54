package dev.starling.disk;

import dev.starling.disk.FileAccess.FileStamp;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is remembered of a torrent's files across restarts. Thread-safe.
///
/// The guarantee is against the death of the process at any moment (`kill -9`), not of the machine:
/// the kernel keeps what has been written, so nothing is forced to disk, and the order of writes is
/// all that matters. A piece's bit is set, by one write of one byte in place, only after all its
/// bytes have been written and hashed: a set bit is always true, and a verified piece is lost only
/// if the process dies between its hash and that one write. The whole file comes into being by
/// renaming, so there is never half of one.
///
/// Layout, big-endian: magic 8, heartbeat 8, clean 1, zeros 7, infohash 20, piece count 4, file
/// count 4, zeros 4, then length 8 and modification time 8 for each file, then the pieces' bits as
/// in a `bitfield` message.
///
/// While files are written, the heartbeat moves: see [Remembered#isUnchanged].
final class ResumeFile implements AutoCloseable {

    private static final long MAGIC = 0x53544152_52534d31L; // "STARRSM1"
    private static final int HEARTBEAT_AT = 8;
    private static final int CLEAN_AT = 16;
    private static final int HEADER_BYTES = 56;
    private static final int STAMP_BYTES = 16;

    /// A file may be this much younger than the last heartbeat: five heartbeats missed by a machine
    /// under load.
    private static final long MARGIN_NANOS = 10_000_000_000L;

    /// No file is ever that long, so whatever is found will be taken for changed.
    private static final FileStamp NEVER = new FileStamp(Long.MAX_VALUE, Long.MAX_VALUE, "never");

    private static final FileStamp ABSENT = new FileStamp(0, 0, "absent");

    private final StateFile file;
    private final InfoDictionary info;
    private final byte[] bits;

    ResumeFile(Path path, InfoDictionary info) {
        this.file = new StateFile(path);
        this.info = info;
        this.bits = new byte[(info.pieceCount() + 7) / 8];
    }

    /// What an earlier run left.
    ///
    /// @param isClean whether the run ended by closing, so that nothing was written afterwards
    record Remembered(
            PieceSet verified, List<FileStamp> stamps, long heartbeatNanos, boolean isClean) {

        /// Whether no one but us can have written the file since.
        ///
        /// After a clean end it must be just as noted. After a crash it may be younger than noted,
        /// by our own last writes, but not younger than the heartbeat that went along with them.
        boolean isUnchanged(int fileIndex, FileStamp now) {
            var then = stamps.get(fileIndex);
            if (isClean) {
                return now.lengthBytes() == then.lengthBytes()
                        && now.modifiedNanos() == then.modifiedNanos();
            }
            long latest = Math.max(then.modifiedNanos(), heartbeatNanos + MARGIN_NANOS);
            return now.lengthBytes() >= then.lengthBytes()
                    && now.modifiedNanos() >= then.modifiedNanos()
                    && now.modifiedNanos() <= latest;
        }
    }

    /// What was left for this very torrent; empty where there is nothing that can be used.
    synchronized Optional<Remembered> load() throws IOException {
        return file.read(lengthBytes()).flatMap(this::parse);
    }

    private Optional<Remembered> parse(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        boolean isOurs = in.getLong() == MAGIC;
        long heartbeat = in.getLong();
        boolean isClean = in.get() == 1;
        in.position(in.position() + 7);
        byte[] infoHash = new byte[Id.LENGTH_BYTES];
        in.get(infoHash);
        isOurs &= Id.of(infoHash).equals(info.infoHash());
        isOurs &= in.getInt() == info.pieceCount();
        isOurs &= in.getInt() == info.files().size();
        in.position(HEADER_BYTES);
        var stamps = new FileStamp[info.files().size()];
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = new FileStamp(in.getLong(), in.getLong(), "remembered");
        }
        byte[] bitfield = new byte[bits.length];
        in.get(bitfield);
        if (!isOurs || !PieceSet.isBitfield(bitfield, info.pieceCount())) {
            return Optional.empty();
        }
        var verified = PieceSet.ofBitfield(bitfield, info.pieceCount());
        return Optional.of(new Remembered(verified, List.of(stamps), heartbeat, isClean));
    }

    /// Begins a run: everything anew, not clean.
    synchronized void begin(PieceSet verified, List<Optional<FileStamp>> stamps, long nowNanos)
            throws IOException {
        byte[] bitfield = verified.toBitfield();
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= bitfield[i]; // A piece verified since `verified` was copied stays.
        }
        var out = ByteBuffer.allocate(lengthBytes());
        out.putLong(MAGIC).putLong(nowNanos).put(new byte[8]).put(info.infoHash().toBytes());
        out.putInt(info.pieceCount()).putInt(info.files().size()).putInt(0);
        for (var stamp : stamps) {
            putStamp(out, stamp);
        }
        out.put(bits);
        file.replace(out.array());
    }

    /// Remembers a piece; its bytes are on disk.
    synchronized void add(int pieceIndex) throws IOException {
        int at = pieceIndex >>> 3;
        bits[at] |= (byte) (0x80 >>> (pieceIndex & 7));
        file.write(ByteBuffer.wrap(bits, at, 1).slice(), bitsAt() + at);
    }

    /// Notes that files may have been written up to now.
    synchronized void beat(long nowNanos) throws IOException {
        file.write(ByteBuffer.allocate(8).putLong(0, nowNanos), HEARTBEAT_AT);
    }

    synchronized void note(int fileIndex, Optional<FileStamp> stamp) throws IOException {
        var out = ByteBuffer.allocate(STAMP_BYTES);
        putStamp(out, stamp);
        file.write(out.flip(), HEADER_BYTES + (long) fileIndex * STAMP_BYTES);
    }

    /// Makes sure that the file is checked at the next start, whatever it looks like then.
    synchronized void distrust(int fileIndex) throws IOException {
        note(fileIndex, Optional.of(NEVER));
    }

    synchronized boolean isBegun() {
        return file.isOpen();
    }

    /// Ends a run: from here on every file must be as last noted.
    synchronized void end() throws IOException {
        file.write(ByteBuffer.wrap(new byte[] {1}), CLEAN_AT);
        file.close();
    }

    @Override
    public synchronized void close() {
        file.closeQuietly();
    }

    private static void putStamp(ByteBuffer out, Optional<FileStamp> stamp) {
        var noted = stamp.orElse(ABSENT);
        out.putLong(noted.lengthBytes()).putLong(noted.modifiedNanos());
    }

    private int bitsAt() {
        return HEADER_BYTES + info.files().size() * STAMP_BYTES;
    }

    private int lengthBytes() {
        return bitsAt() + bits.length;
    }
}
