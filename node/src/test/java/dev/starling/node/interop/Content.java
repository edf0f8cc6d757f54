package dev.starling.node.interop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Files to share, made from a seed, and their digests.
final class Content {

    static final long MIB = 1L << 20;

    private Content() {}

    /// One file of random bytes.
    static Path file(Path path, long lengthBytes, long seed) throws IOException {
        Files.createDirectories(path.getParent());
        write(path, lengthBytes, new SplittableRandom(seed));
        return path;
    }

    /// `count` files of random bytes in nested folders, `lengthBytes` in all.
    static Path folder(Path folder, int count, long lengthBytes, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        long left = lengthBytes;
        for (int i = 0; i < count; i++) {
            long mean = left / (count - i);
            long length = i == count - 1 ? left : random.nextLong(mean / 2, mean + mean / 2 + 1);
            left -= length;
            Path file = folder.resolve("part " + i % 40).resolve("file-" + i + ".bin");
            Files.createDirectories(file.getParent());
            write(file, length, random);
        }
        return folder;
    }

    private static void write(Path path, long lengthBytes, SplittableRandom random)
            throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            for (long left = lengthBytes; left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
    }

    /// SHA-256 over names and bytes of a file, or of every file below a folder.
    static String sha256(Path root) throws IOException {
        var files = new TreeMap<String, Path>();
        try (var walk = Files.walk(root)) {
            List<Path> regular = walk.filter(Files::isRegularFile).toList();
            for (Path file : regular) {
                files.put(root.relativize(file).toString(), file);
            }
        }
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 18];
        for (var entry : files.entrySet()) {
            digest.update(entry.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(entry.getValue())) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
