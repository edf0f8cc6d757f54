package dev.starling.bench.report;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling bench report`: draws what benchmarks printed with `--json`.
@Command(
        name = "report",
        description = {
            "Draw results and past runs as one HTML page.",
            "Reads what the bench commands print with --json, one file a run; of the same"
                    + " measurement in several files the last by name is the latest."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench report today.jsonl",
            "  starling bench report docs/benchmarks/results -o benchmarks.html"
        })
public final class ReportCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "benchmarks.html",
            description = "Where the page goes (default: ${DEFAULT-VALUE}).")
    private Path page = Path.of("");

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Results, or a folder of such files (*.jsonl).")
    private List<Path> paths = List.of();

    @Override
    public Integer call() throws IOException, Failure {
        for (var path : paths) {
            if (!Files.exists(path)) {
                throw new Failure(path + " is not there", "name a file that holds results");
            }
        }
        var runs = ResultFile.readAll(paths);
        int series = Series.of(runs).size();
        if (series == 0) {
            throw new Failure(
                    "no results in " + runs.size() + " files",
                    "make some: starling bench jmh -o today.jsonl");
        }
        Files.writeString(page, Html.page(runs));
        var output = options.output();
        output.event(
                Event.of("report")
                        .text("path", page.toString())
                        .number("runs", runs.size())
                        .number("measurements", series));
        output.result("%s shows %d measurements of %d runs".formatted(page, series, runs.size()));
        return 0;
    }
}
