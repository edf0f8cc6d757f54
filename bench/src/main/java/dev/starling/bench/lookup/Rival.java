package dev.starling.bench.lookup;

import dev.starling.node.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A program that does the same lookups as we.
///
/// It is run with `--bootstrap HOST:PORT` (repeated), `--targets FILE`, `--warmup SECONDS`,
/// `--every SECONDS` and perhaps `--announce`, and prints a `lookup` event for each target as
/// `starling bench lookup --json` does; fields that it does not know it leaves out, and other lines
/// are passed over. What it writes to its standard error is ours.
record Rival(Path program) {

    /// A rival that prints more is not racing.
    private static final int MAX_ROWS = 100_000;

    Racer race(LookupRace race, Path targets, Consumer<LookupRow> onRow)
            throws Failure, IOException, InterruptedException {
        var process =
                new ProcessBuilder(command(race, targets))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var rows = new ArrayList<LookupRow>();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = LookupRow.parse(line);
                if (row.isPresent() && rows.size() < MAX_ROWS) {
                    rows.add(row.get());
                    onRow.accept(row.get());
                }
            }
        } finally {
            process.destroy();
        }
        int status = process.waitFor();
        if (rows.isEmpty()) {
            throw new Failure(
                    program + " has told of no lookup (exit status " + status + ")",
                    "It must print lookup events, one JSON object a line.");
        }
        return new Racer(String.valueOf(program.getFileName()), rows);
    }

    private List<String> command(LookupRace race, Path targets) {
        var command = new ArrayList<String>();
        command.add(program.toAbsolutePath().toString());
        for (String bootstrap : race.bootstrap()) {
            command.add("--bootstrap");
            command.add(bootstrap);
        }
        command.addAll(List.of("--targets", targets.toAbsolutePath().toString()));
        command.addAll(List.of("--warmup", "" + race.warmup().toMillis() / 1e3));
        command.addAll(List.of("--every", "" + race.every().toMillis() / 1e3));
        if (race.isAnnouncing()) {
            command.add("--announce");
        }
        return command;
    }
}
