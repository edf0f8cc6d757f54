package dev.starling.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Folders that an option names.
final class Folders {

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
