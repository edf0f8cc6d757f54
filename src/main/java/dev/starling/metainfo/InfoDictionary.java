package dev.starling.metainfo;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import java.util.Arrays;
import java.util.List;

/// The info dictionary (BEP 3): what the infohash names. Immutable.
///
/// Only [InfoReader] makes one, so whatever is here has been checked: lengths add up, piece hashes
/// are as many as pieces, and every path is safe. ([InfoWriter] puts back the names of files that
/// are here already.)
public final class InfoDictionary {

    private final byte[] encoded;
    private final Id infoHash;
    private final String name;
    private final int pieceLengthBytes;
    private final byte[] pieceHashes;
    private final List<FileEntry> files;
    private final long lengthBytes;
    private final boolean isPrivate;

    /// What [InfoReader] found.
    record Parts(
            String name,
            int pieceLengthBytes,
            ByteString pieceHashes,
            List<FileEntry> files,
            boolean isPrivate) {}

    InfoDictionary(byte[] encoded, Id infoHash, Parts parts) {
        this.encoded = encoded;
        this.infoHash = infoHash;
        this.name = parts.name();
        this.pieceLengthBytes = parts.pieceLengthBytes();
        this.pieceHashes = parts.pieceHashes().toBytes();
        this.files = List.copyOf(parts.files());
        var last = files.get(files.size() - 1);
        this.lengthBytes = last.offsetBytes() + last.lengthBytes();
        this.isPrivate = parts.isPrivate();
    }

    /// The same torrent with the names its files have here.
    InfoDictionary named(String ownName, List<FileEntry> ownFiles) {
        var hashes = ByteString.of(pieceHashes);
        return new InfoDictionary(
                encoded,
                infoHash,
                new Parts(ownName, pieceLengthBytes, hashes, ownFiles, isPrivate));
    }

    /// SHA-1 of the dictionary's original bytes.
    public Id infoHash() {
        return infoHash;
    }

    /// A safe name: one path element.
    public String name() {
        return name;
    }

    public int pieceLengthBytes() {
        return pieceLengthBytes;
    }

    /// All files in the torrent's order, pad files included; at least one.
    public List<FileEntry> files() {
        return files;
    }

    /// Whether the torrent is one file, lying directly in the download folder.
    public boolean isSingleFile() {
        return files.size() == 1 && files.get(0).path().equals(name);
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /// BEP 27: peers may come only from the torrent's trackers.
    public boolean isPrivate() {
        return isPrivate;
    }

    public int pieceCount() {
        return pieceHashes.length / Id.LENGTH_BYTES;
    }

    /// SHA-1 of one piece, as the number its twenty bytes spell.
    public Id pieceHash(int pieceIndex) {
        return Id.of(pieceHashes, pieceIndex * Id.LENGTH_BYTES);
    }

    /// Where a piece begins among the torrent's bytes.
    public long pieceOffset(int pieceIndex) {
        return (long) pieceIndex * pieceLengthBytes;
    }

    /// [#pieceLengthBytes()], less for the last piece.
    public int pieceLength(int pieceIndex) {
        return (int) Math.min(pieceLengthBytes, lengthBytes - pieceOffset(pieceIndex));
    }

    public int blockCount(int pieceIndex) {
        return (pieceLength(pieceIndex) + BlockRange.BLOCK_BYTES - 1) / BlockRange.BLOCK_BYTES;
    }

    public BlockRange block(int pieceIndex, int blockIndex) {
        int offset = blockIndex * BlockRange.BLOCK_BYTES;
        int length = Math.min(BlockRange.BLOCK_BYTES, pieceLength(pieceIndex) - offset);
        return new BlockRange(pieceIndex, offset, length);
    }

    /// Whether the range lies inside a piece of this torrent.
    public boolean contains(BlockRange range) {
        return range.pieceIndex() < pieceCount()
                && (long) range.offsetBytes() + range.lengthBytes()
                        <= pieceLength(range.pieceIndex());
    }

    /// Length of the dictionary, what BEP 9 calls `metadata_size`.
    public int encodedLengthBytes() {
        return encoded.length;
    }

    /// A copy of the dictionary's original bytes.
    public byte[] encoded() {
        return encoded.clone();
    }

    /// Copies a part of the dictionary, for answering BEP 9 requests.
    public byte[] encoded(int offset, int lengthBytes) {
        return Arrays.copyOfRange(encoded, offset, offset + lengthBytes);
    }
}
