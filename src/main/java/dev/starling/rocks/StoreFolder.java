package dev.starling.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The folder of a store, known to be ours by a file in it, so that nothing of anyone else's is
/// ever opened or overwritten.
final class StoreFolder {

    static final String MARKER = "STARLING";

    /// The first line of the marker; another version is another layout of keys.
    private static final String FORMAT = "starling store 1";

    private StoreFolder() {}

    /// Makes the folder, or makes sure that it is ours.
    static void claim(Path folder) throws IOException {
        var marker = folder.resolve(MARKER);
        if (Files.exists(marker)) {
            checkFormat(folder, Files.readString(marker, StandardCharsets.UTF_8));
            return;
        }
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw new IOException(
                    folder
                            + " holds files but no store of Starling, so it is left alone; choose"
                            + " another folder or move these files away");
        }
        Files.createDirectories(folder);
        // Renamed into place, the marker is whole or not there at all.
        var fresh = Files.createTempFile(folder.toAbsolutePath().getParent(), MARKER, ".new");
        Files.writeString(fresh, FORMAT + "\n", StandardCharsets.UTF_8);
        Files.move(fresh, marker, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkFormat(Path folder, String text) throws IOException {
        if (!text.strip().equals(FORMAT)) {
            throw damaged(folder, "its format is '" + text.strip() + "', not '" + FORMAT + "'");
        }
    }

    static IOException damaged(Path folder, String why) {
        return new IOException(
                "the store in "
                        + folder
                        + " cannot be used: "
                        + why
                        + "; move the folder away or delete it, you lose only saved DHT contacts"
                        + " and announced peers, which come back by themselves");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
