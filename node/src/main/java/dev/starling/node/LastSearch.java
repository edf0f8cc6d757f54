package dev.starling.node;

import dev.starling.metainfo.Magnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

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
    /// ones; without any, the earlier ones stay.
    public void remember(int offset, List<Magnet> results) throws IOException {
        if (results.isEmpty()) {
            return;
        }
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

    /// Whether a result may be named so.
    static boolean isNumber(String text) {
        return text.matches("[1-9]\\d{0,4}");
    }

    /// The link of the result that was shown with this number.
    ///
    /// @throws Failure if none was
    String result(String number) throws Failure, IOException {
        var results = results();
        for (String line : results) {
            if (line.startsWith(number + " ")) {
                return line.substring(number.length() + 1);
            }
        }
        throw new Failure(
                "there is no result " + number + ": " + told(results),
                "starling search WORDS lists results and their numbers.");
    }

    private List<String> results() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private String told(List<String> results) {
        Path data = file.toAbsolutePath().getParent();
        if (results.isEmpty()) {
            return "no search with this data folder, " + data + ", has found anything";
        }
        String first = results.getFirst().split(" ", 2)[0];
        String last = results.getLast().split(" ", 2)[0];
        return first.equals("1")
                ? "the last search in " + data + " has " + Units.count(results.size(), "result")
                : "the last search in " + data + " showed results " + first + " to " + last;
    }
}
