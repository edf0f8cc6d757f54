package dev.starling.bench;

import dev.starling.node.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/// What a JMH run found, as lines of JSON.
final class JmhEvents {

    /// Secondary results that say the same on any machine of a kind, and what we call them.
    private static final Map<String, String> COUNTS =
            Map.of(
                    "gc.alloc.rate.norm", "bytesPerOperation",
                    "instructions", "instructionsPerOperation",
                    "instructions:u", "instructionsPerOperation");

    private JmhEvents() {}

    /// When and on what the benchmarks ran.
    static Event machine(LocalDate date) {
        return Event.of("machine")
                .text("date", date.toString())
                .text("processor", processor())
                .number("cores", Runtime.getRuntime().availableProcessors())
                .text("java", Runtime.version().toString())
                .text(
                        "system",
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    static Event result(RunResult run) {
        var params = run.getParams();
        var benchmark = params.getBenchmark();
        var method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        var type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        var event =
                Event.of("jmh")
                        .text("benchmark", type.substring(type.lastIndexOf('.') + 1))
                        .text("method", method)
                        .text(
                                "params",
                                params.getParamsKeys().stream()
                                        .map(key -> key + "=" + params.getParam(key))
                                        .collect(Collectors.joining(" ")));
        event.fraction("score", run.getPrimaryResult().getScore())
                .fraction("error", finite(run.getPrimaryResult().getScoreError()))
                .text("unit", run.getPrimaryResult().getScoreUnit());
        for (var name : run.getSecondaryResults().keySet()) {
            var field = COUNTS.get(name.replace("·", ""));
            if (field != null) {
                event.fraction(field, finite(run.getSecondaryResults().get(name).getScore()));
            }
        }
        return event;
    }

    /// One iteration has no error.
    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
