package dev.starling.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder a torrent may not leave. Immutable; every answer is taken from the disk anew.
///
/// Paths are relative and safe as text before they come here; what is left is the disk's own
/// trickery: a symbolic link below the folder that leads out of it. Where we write, no such link is
/// followed. Where we only read what the user pointed at, links are the user's business.
final class SafeFolder {

    private final Path folder;
    private final boolean followsLinks;

    private SafeFolder(Path folder, boolean followsLinks) {
        this.folder = folder.toAbsolutePath().normalize();
        this.followsLinks = followsLinks;
    }

    static SafeFolder forDownload(Path folder) {
        return new SafeFolder(folder, false);
    }

    static SafeFolder forReading(Path folder) {
        return new SafeFolder(folder, true);
    }

    Path path() {
        return folder;
    }

    boolean followsLinks() {
        return followsLinks;
    }

    /// @param relative elements joined by `/`
    Path resolve(String relative) {
        var path = folder.resolve(relative).normalize();
        if (path.equals(folder) || !path.startsWith(folder)) {
            throw new IllegalStateException("path " + relative + " leaves " + folder);
        }
        return path;
    }

    /// Refuses a path whose existing parents lead out of the folder.
    void checkParent(Path path) throws IOException {
        if (followsLinks) {
            return;
        }
        var parent = parentOf(path);
        while (!parent.equals(folder) && !Files.exists(parent)) {
            parent = parentOf(parent);
        }
        if (!parent.equals(folder)) {
            checkInside(parent);
        }
    }

    /// Makes the folders above `path`, each checked before the next is made inside it.
    void prepareParent(Path path, boolean mayCreate) throws IOException {
        if (mayCreate && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        var parent = parentOf(path);
        if (Files.isDirectory(parent)) {
            checkInside(parent);
            return;
        }
        if (!mayCreate) {
            return;
        }
        var current = folder;
        for (var element : folder.relativize(parent)) {
            current = current.resolve(element);
            if (!Files.isDirectory(current)) {
                makeFolder(current);
            }
            checkInside(current);
        }
    }

    /// Another worker may make the same folder at the same moment.
    private static void makeFolder(Path path) throws IOException {
        try {
            Files.createDirectory(path);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private void checkInside(Path existing) throws IOException {
        if (!existing.toRealPath().startsWith(folder.toRealPath())) {
            throw FileProblem.linkOutside(existing, folder);
        }
    }

    private static Path parentOf(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("path " + path + " has no parent");
        }
        return parent;
    }
}
