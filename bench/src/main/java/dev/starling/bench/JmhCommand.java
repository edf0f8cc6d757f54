package dev.starling.bench;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling bench jmh`: runs this program's micro-benchmarks by JMH.
@Command(
        name = "jmh",
        description = {
            "Run the JMH micro-benchmarks and report time and allocation of each operation.",
            "Arguments after -- are JMH's own; without any, all but the slow ones of the disk run."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench jmh -o today.jsonl",
            "  starling bench jmh -- -l",
            "  starling bench jmh -- Hash -p lanes=16 -wi 3 -i 5"
        })
final class JmhCommand implements Callable<Integer> {

    /// What the project is judged by: one operation each, in memory.
    private static final String USUAL = "dev.starling.(bench.micro|swarm)";

    private static final List<String> INFORMATION = List.of("-h", "-l", "-lp", "-lprof", "-lrf");

    @Mixin private GlobalOptions options;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Also write the results there, one JSON object a line.")
    private @Nullable Path file;

    @Parameters(paramLabel = "ARG", description = "What JMH is told; -h lists its options.")
    private List<String> args = List.of();

    @Override
    public Integer call() throws IOException, Failure {
        if (args.stream().anyMatch(INFORMATION::contains)) {
            org.openjdk.jmh.Main.main(args.toArray(String[]::new));
            return 0;
        }
        List<Event> events = new ArrayList<>();
        events.add(JmhEvents.machine(LocalDate.now(ZoneOffset.UTC)));
        for (var result : run(arguments())) {
            events.add(JmhEvents.result(result));
        }
        var output = options.output();
        for (var event : events) {
            output.event(event);
        }
        write(events);
        return 0;
    }

    private List<String> arguments() {
        List<String> all = new ArrayList<>(args);
        if (args.isEmpty()) {
            all.add(USUAL);
        }
        if (!args.contains("-prof")) {
            all.addAll(List.of("-prof", "gc"));
            if (PerfCounters.work()) {
                all.addAll(List.of("-prof", "perfnorm"));
            }
        }
        return all;
    }

    /// JMH talks to `System.out`, which is for our JSON where that was asked for.
    private List<RunResult> run(List<String> arguments) throws Failure {
        PrintStream usual = System.out;
        if (options.output().isJson()) {
            System.setOut(System.err);
        }
        try {
            var parsed = new CommandLineOptions(arguments.toArray(String[]::new));
            return List.copyOf(new Runner(parsed).run());
        } catch (CommandLineOptionException | RunnerException e) {
            throw new Failure(
                    "JMH did not run: " + e.getMessage(),
                    "`starling bench jmh -- -h` lists what it takes.",
                    e);
        } finally {
            System.setOut(usual);
        }
    }

    private void write(List<Event> events) throws IOException {
        var target = Optional.ofNullable(file);
        if (target.isPresent()) {
            Files.write(target.get(), events.stream().map(Event::toJson).toList());
        }
    }
}
