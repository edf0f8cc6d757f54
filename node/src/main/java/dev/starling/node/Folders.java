package dev.starling.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Folders that an option names, and those that a command makes for itself.
public final class Folders {

    private Folders() {}

    /// Makes the folder where there is none.
    ///
    /// @throws Failure if it cannot be made, naming the option that chooses another
    static Path make(Path folder, String option) throws Failure {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Failure(
                    "cannot make the folder " + folder + ": " + reason(e),
                    "Choose another with " + option + ".",
                    e);
        }
    }

    /// Deletes a folder with all that is in it. Links are deleted, not followed; what somebody else
    /// has deleted meanwhile is no error.
    public static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (var walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "not allowed to write at " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case NoSuchFileException none -> "the file system takes none at " + none.getFile();
            case FileSystemException other ->
                    other.getReason() == null
                            ? other.getClass().getSimpleName()
                            : other.getReason() + " at " + other.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }
}
