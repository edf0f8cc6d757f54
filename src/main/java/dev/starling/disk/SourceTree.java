package dev.starling.disk;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.FileEntry;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What lies at a path that is to become a torrent: one file, or all files below a folder.
///
/// Hidden files are included, so that a copy of a folder is a copy. Symbolic links are left out,
/// wherever they lead: a link out of the folder would publish what the user did not name, and one
/// inside it what is there already. Only the path itself may be a link. Files are ordered by the
/// bytes of their paths, so that the same folder gives the same infohash everywhere.
///
/// @param folder where the file or folder lies
/// @param files as a torrent lists them, the name first
record SourceTree(Path folder, String name, boolean isFolder, List<FileEntry> files) {

    SourceTree {
        files = List.copyOf(files);
    }

    static SourceTree at(Path path) throws IOException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new FileProblem(path + " does not exist", "name a file or folder that does");
        } catch (IOException e) {
            throw FileProblem.of(path, e);
        }
        var folder = real.getParent();
        var name = real.getFileName();
        if (folder == null || name == null) {
            throw new FileProblem(path + " has no name to share it by", "name a folder below it");
        }
        boolean isFolder = Files.isDirectory(real);
        var tree = new SourceTree(folder, name.toString(), isFolder, list(real, name.toString()));
        if (tree.lengthBytes() == 0) {
            throw new FileProblem(
                    path + (isFolder ? " holds no file with anything in it" : " is empty"),
                    "a torrent needs at least one byte; symbolic links are left out");
        }
        return tree;
    }

    long lengthBytes() {
        if (files.isEmpty()) {
            return 0;
        }
        var last = files.get(files.size() - 1);
        return last.offsetBytes() + last.lengthBytes();
    }

    /// A path's elements below the torrent's folder.
    List<String> elements(FileEntry file) {
        return List.of(file.path().substring(name.length() + 1).split("/"));
    }

    /// A file found: its path below the torrent's own, and its length.
    private record Found(String path, ByteString order, long lengthBytes) {

        static Found of(String path, long lengthBytes) {
            return new Found(path, ByteString.utf8(path), lengthBytes);
        }
    }

    private static List<FileEntry> list(Path real, String name) throws IOException {
        List<Found> found = new ArrayList<>();
        Files.walkFileTree(real, new Collector(real, name, found));
        found.sort(Comparator.comparing(Found::order));
        List<FileEntry> entries = new ArrayList<>();
        long offset = 0;
        for (var file : found) {
            entries.add(new FileEntry(file.path(), offset, file.lengthBytes(), false));
            offset += file.lengthBytes();
        }
        return entries;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final String name;
        private final List<Found> found;

        Collector(Path root, String name, List<Found> found) {
            this.root = root;
            this.name = name;
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                var path = new StringBuilder(name);
                if (!file.equals(root)) {
                    root.relativize(file).forEach(element -> path.append('/').append(element));
                }
                found.add(Found.of(path.toString(), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            throw FileProblem.of(file, cause);
        }
    }
}
