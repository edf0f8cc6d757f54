package dev.starling.disk;

import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A torrent and its true bytes.
final class Sample {

    private final InfoDictionary info;
    private final byte[] content;

    private Sample(InfoDictionary info, byte[] content) {
        this.info = info;
        this.content = content;
    }

    InfoDictionary info() {
        return info;
    }

    byte[] content() {
        return content;
    }

    static final int PIECE_BYTES = 64 * 1024;

    /// One file of so many bytes.
    static Sample single(String name, int lengthBytes, long seed) {
        return inPieces(PIECE_BYTES, name, lengthBytes, seed);
    }

    /// One file, in pieces of a length of its own.
    static Sample inPieces(int pieceBytes, String name, int lengthBytes, long seed) {
        return of(pieceBytes, List.of(new FileEntry(name, 0, lengthBytes, false)), seed);
    }

    /// A folder whose files have these lengths; a negative one is a pad file.
    static Sample folder(long seed, int... lengths) {
        List<FileEntry> files = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < lengths.length; i++) {
            int length = Math.abs(lengths[i]);
            boolean isPadding = lengths[i] < 0;
            String path = isPadding ? "folder/.pad/" + length : "folder/sub" + i % 3 + "/file" + i;
            files.add(new FileEntry(path, offset, length, isPadding));
            offset += length;
        }
        return of(PIECE_BYTES, files, seed);
    }

    private static Sample of(int pieceBytes, List<FileEntry> files, long seed) {
        var last = files.get(files.size() - 1);
        byte[] content = new byte[(int) (last.offsetBytes() + last.lengthBytes())];
        new Random(seed).nextBytes(content);
        for (var file : files) {
            if (file.isPadding()) {
                int from = (int) file.offsetBytes();
                Arrays.fill(content, from, from + (int) file.lengthBytes(), (byte) 0);
            }
        }
        return new Sample(InfoSample.of(pieceBytes, files, content), content);
    }

    /// The bytes of a block in a direct buffer of their own.
    ByteBuffer block(int pieceIndex, int blockIndex) {
        var range = info.block(pieceIndex, blockIndex);
        int from = (int) info.pieceOffset(pieceIndex) + range.offsetBytes();
        var buffer = ByteBuffer.allocateDirect(range.lengthBytes());
        return buffer.put(content, from, range.lengthBytes()).flip();
    }

    /// Lays the true files down.
    void writeTo(Path folder) throws IOException {
        for (var file : info.files()) {
            if (!file.isPadding()) {
                var path = folder.resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.write(path, bytes(file));
            }
        }
    }

    byte[] bytes(FileEntry file) {
        int from = (int) file.offsetBytes();
        return Arrays.copyOfRange(content, from, from + (int) file.lengthBytes());
    }

    /// Whether the files are there, each with the true bytes and no other.
    boolean isCompleteIn(Path folder) throws IOException {
        for (var file : info.files()) {
            var path = folder.resolve(file.path());
            if (file.isPadding()
                    ? Files.exists(path)
                    : !Files.exists(path)
                            || !Arrays.equals(Files.readAllBytes(path), bytes(file))) {
                return false;
            }
        }
        return true;
    }
}
