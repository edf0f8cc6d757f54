package dev.starling.node;

import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The results of the latest search, kept in the data folder, so that a person can name one by its
/// number: `starling get 1`.
public final class LastSearch {

    /// Numbers that a person may be shown; also what keeps the file small.
    private static final int MAX_NUMBER = 10_000;

    private final Path file;

    private LastSearch(Path file) {
        this.file = file;
    }

    public static LastSearch in(Path data) {
        return new LastSearch(data.resolve("last-search"));
    }

    /// Keeps these results, the first of which has the number after `offset`, instead of earlier
    /// ones.
    public void remember(int offset, List<Magnet> results) throws IOException {
        List<String> lines = new ArrayList<>();
        int number = offset;
        for (Magnet magnet : results) {
            number++;
            if (number <= MAX_NUMBER) {
                lines.add(number + " " + magnet.toUri());
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling("last-search.draft");
        Files.write(draft, lines);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The link of the result that was shown with this number.
    Optional<String> result(String number) throws IOException {
        if (!number.matches("[1-9]\\d{0,4}")) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(number + " "))
                    .map(line -> line.substring(number.length() + 1))
                    .findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
