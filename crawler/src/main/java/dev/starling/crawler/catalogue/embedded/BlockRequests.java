package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.AuditLine.Action;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.RuleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/// How a command changes the blocks of a catalogue that a running crawler holds: it leaves a
/// request in the folder, the crawler carries it out and leaves the answer.
public final class BlockRequests {

    /// The crawler looks twice a second, but a block may take long to apply.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(100);

    /// Requests carried out at one look.
    private static final int MAX_AT_ONCE = 100;

    private static final String REQUEST = ".request";
    private static final String ANSWER = ".answer";

    private final Path folder;

    /// @param catalogue the catalogue's folder
    public BlockRequests(Path catalogue) {
        this.folder = catalogue.resolve("requests");
    }

    /// Asks the process that holds the catalogue, and waits for what it did.
    ///
    /// @return how many torrents changed; empty if nobody answered, and then nothing will be done
    public OptionalLong ask(Action action, BlockRule rule, Blocks.Note note)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String name = UUID.randomUUID().toString();
        Path draft = folder.resolve(name + ".draft");
        Path request = folder.resolve(name + REQUEST);
        Path answer = folder.resolve(name + ANSWER);
        Files.write(
                draft, List.of(action.name(), RuleText.write(rule), note.who(), line(note.why())));
        Files.move(draft, request, StandardCopyOption.ATOMIC_MOVE);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(answer)) {
                var changed = OptionalLong.of(Long.parseLong(Files.readString(answer).strip()));
                Files.delete(answer);
                return changed;
            }
            Thread.sleep(LOOK);
        }
        Files.deleteIfExists(request);
        return OptionalLong.empty();
    }

    /// Carries out what was asked for; says whether anything was.
    boolean serve(Blocks blocks) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        List<Path> requests;
        try (Stream<Path> files = Files.list(folder)) {
            requests =
                    files.filter(it -> it.toString().endsWith(REQUEST))
                            .sorted()
                            .limit(MAX_AT_ONCE)
                            .toList();
        }
        for (Path request : requests) {
            serve(request, blocks);
        }
        return !requests.isEmpty();
    }

    private void serve(Path request, Blocks blocks) throws IOException {
        var lines = Files.readAllLines(request);
        Files.delete(request);
        var action = Action.valueOf(lines.get(0));
        var rule = RuleText.parse(lines.get(1));
        var note = new Blocks.Note(lines.get(2), lines.get(3));
        long changed =
                switch (action) {
                    case ADDED -> blocks.add(rule, note);
                    case LIFTED -> blocks.lift(rule, note);
                };
        String name = request.getFileName().toString();
        String stem = name.substring(0, name.length() - REQUEST.length());
        Path draft = folder.resolve(stem + ".draft");
        Files.writeString(draft, String.valueOf(changed));
        Files.move(draft, folder.resolve(stem + ANSWER), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(String text) {
        return text.replaceAll("\\R", " ");
    }
}
