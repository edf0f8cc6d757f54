package dev.starling.crawler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The mark that a crawl is paused: an empty file in the folder of its state. Whoever wants a pause
/// sets it, and the crawl looks at it several times a second; so a pause outlives the process, and
/// needs no connection to it.
///
/// @param folder of the crawl's state
record PauseMark(Path folder) {

    /// Whether there is a crawl to be paused.
    boolean hasCrawl() {
        return Files.isDirectory(folder);
    }

    boolean isSet() {
        return Files.exists(file());
    }

    /// Sets or takes away the mark; says whether that changed anything.
    boolean set(boolean isPaused) throws IOException {
        if (isSet() == isPaused) {
            return false;
        }
        if (isPaused) {
            Files.createFile(file());
        } else {
            Files.deleteIfExists(file());
        }
        return true;
    }

    private Path file() {
        return folder.resolve("paused");
    }
}
