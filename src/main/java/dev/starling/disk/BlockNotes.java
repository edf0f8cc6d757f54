package dev.starling.disk;

import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which blocks of unfinished pieces lie on disk, so that a stop loses none of them and a crash
/// few: at sixteen megabytes a piece and a hundred peers that would be an hour of a slow link.
/// Thread-safe.
///
/// A note is never believed. It only spares fetching a block that lies there; the piece counts once
/// its hash, taken over all its bytes on disk, is right, and is otherwise fetched whole. So a note
/// may be old, torn or false and costs at most its piece.
///
/// Layout, big-endian: magic 8, infohash 20, bytes of a note 4; then [#MAX_PIECES] notes: piece
/// index plus one, or zero where there is none, 4, and a bit for each block, the first the lowest.
final class BlockNotes implements AutoCloseable {

    /// Pieces noted at once; what hundreds of peers are at work on. More of them are not noted.
    static final int MAX_PIECES = 256;

    /// A piece is noted again after so many blocks more.
    static final int BLOCKS_BETWEEN = 8;

    private static final long MAGIC = 0x53544152_424c4b31L; // "STARBLK1"
    private static final int HEADER_BYTES = 32;

    private final StateFile file;
    private final InfoDictionary info;
    private final int noteBytes;
    private final Map<Integer, Integer> slots = new HashMap<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    BlockNotes(Path path, InfoDictionary info) {
        this.file = new StateFile(path);
        this.info = info;
        int blocks = Math.ceilDiv(info.pieceLengthBytes(), BlockRange.BLOCK_BYTES);
        this.noteBytes = 4 + Math.ceilDiv(blocks, Byte.SIZE);
    }

    /// What an earlier run noted of this very torrent.
    synchronized BlockSet load() throws IOException {
        var bytes = file.read(HEADER_BYTES + MAX_PIECES * noteBytes);
        return bytes.isPresent() ? parse(ByteBuffer.wrap(bytes.get())) : BlockSet.EMPTY;
    }

    private BlockSet parse(ByteBuffer in) {
        boolean isOurs = in.getLong() == MAGIC;
        byte[] infoHash = new byte[Id.LENGTH_BYTES];
        in.get(infoHash);
        isOurs &= Id.of(infoHash).equals(info.infoHash());
        isOurs &= in.getInt() == noteBytes;
        if (!isOurs) {
            return BlockSet.EMPTY;
        }
        var noted = new TreeMap<Integer, BitSet>();
        while (in.hasRemaining()) {
            int piece = in.getInt() - 1;
            byte[] bits = new byte[noteBytes - 4];
            in.get(bits);
            var blocks = BitSet.valueOf(bits);
            boolean isPiece = piece >= 0 && piece < info.pieceCount();
            if (isPiece && blocks.length() <= info.blockCount(piece)) {
                noted.put(piece, blocks);
            }
        }
        return BlockSet.of(noted);
    }

    /// Begins a run, or begins again, with these notes and no others.
    synchronized void begin(BlockSet kept) throws IOException {
        slots.clear();
        free.clear();
        for (int slot = 0; slot < MAX_PIECES; slot++) {
            free.add(slot);
        }
        var out = ByteBuffer.allocate(HEADER_BYTES + MAX_PIECES * noteBytes);
        out.putLong(MAGIC).put(info.infoHash().toBytes()).putInt(noteBytes);
        for (int piece : kept.pieces()) {
            var slot = slot(piece);
            if (slot != null) {
                out.position(HEADER_BYTES + slot * noteBytes).put(bytes(piece, kept.of(piece)));
            }
        }
        file.replace(out.array());
    }

    /// Notes blocks of a piece; their bytes are on disk.
    synchronized void note(int pieceIndex, BitSet written) throws IOException {
        var slot = slot(pieceIndex);
        if (slot != null) {
            file.write(bytes(pieceIndex, written), HEADER_BYTES + (long) slot * noteBytes);
        }
    }

    /// Makes room: the piece is verified, so that its note does not matter any more.
    synchronized void release(int pieceIndex) {
        var slot = slots.remove(pieceIndex);
        if (slot != null) {
            free.push(slot);
        }
    }

    @Override
    public synchronized void close() {
        file.closeQuietly();
    }

    /// Where the piece is noted, from now on if there is room.
    private @Nullable Integer slot(int pieceIndex) {
        var slot = slots.get(pieceIndex);
        if (slot == null) {
            slot = free.poll();
            if (slot != null) {
                slots.put(pieceIndex, slot);
            }
        }
        return slot;
    }

    private ByteBuffer bytes(int pieceIndex, BitSet blocks) {
        var note = ByteBuffer.allocate(noteBytes);
        return note.putInt(pieceIndex + 1).put(blocks.toByteArray()).rewind();
    }
}
