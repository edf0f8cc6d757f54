package dev.starling.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/// Why a file cannot be used, in words for a person, and what would mend it.
final class FileProblem extends IOException {

    private static final long serialVersionUID = 1;

    private final String hint;

    FileProblem(String reason, String hint) {
        super(reason);
        this.hint = hint;
    }

    private FileProblem(String reason, String hint, IOException cause) {
        super(reason, cause);
        this.hint = hint;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }

    /// Puts the system's complaint about `path` into words; leaves what is in words already.
    static FileProblem of(Path path, IOException cause) {
        return switch (cause) {
            case FileProblem known -> known;
            case AccessDeniedException e ->
                    new FileProblem(
                            path + " cannot be opened: permission denied",
                            "give this user access to it, or choose another folder",
                            cause);
            case NoSuchFileException e -> vanished(path);
            case FileAlreadyExistsException e -> inTheWay(path, cause);
            case NotDirectoryException e -> inTheWay(path, cause);
            case FileSystemLoopException e -> inTheWay(path, cause);
            default -> byMessage(path, cause);
        };
    }

    static FileProblem vanished(Path path) {
        return new FileProblem(
                path + " has vanished",
                "put it back, or start again to download what was in it once more");
    }

    static FileProblem replaced(Path path) {
        return new FileProblem(
                path + " is not the file it was",
                "put the old one back, or start again to check what is there");
    }

    static FileProblem linkOutside(Path path, Path folder) {
        return new FileProblem(
                path + " leads out of " + folder + " by a symbolic link, so it is not used",
                "remove the link, or choose another folder");
    }

    static FileProblem unwritableName(String name) {
        return new FileProblem(
                "the name '" + name + "' cannot be written in this system's character set",
                "run with a UTF-8 locale, for example LC_ALL=C.UTF-8");
    }

    static FileProblem tooShort(Path path, long positionBytes) {
        return new FileProblem(
                path + " ends before byte " + positionBytes,
                "start again to download what is missing");
    }

    private static FileProblem inTheWay(Path path, IOException cause) {
        return new FileProblem(
                "something else is in the way of " + path,
                "move it away, or choose another folder",
                cause);
    }

    /// The JDK hands on the system's own words for what it has no exception for.
    private static FileProblem byMessage(Path path, IOException cause) {
        String words =
                cause instanceof FileSystemException e && e.getReason() != null
                        ? e.getReason()
                        : String.valueOf(cause.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("no space") || lower.contains("quota")) {
            return new FileProblem(
                    "no space is left for " + path, "free some space on that disk", cause);
        }
        if (lower.contains("read-only")) {
            return new FileProblem(
                    path + " lies on a read-only file system",
                    "make it writable, or choose another folder",
                    cause);
        }
        if (Files.isSymbolicLink(path)) {
            return new FileProblem(
                    path + " is a symbolic link, so it is not written",
                    "remove the link, or choose another folder",
                    cause);
        }
        return new FileProblem(
                path + " cannot be used: " + words, "see to that disk or folder", cause);
    }
}
