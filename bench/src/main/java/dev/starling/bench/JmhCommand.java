package dev.starling.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `starling bench jmh`: hands its arguments to JMH, which runs this module's micro-benchmarks.
@Command(
        name = "jmh",
        description = "Runs the JMH micro-benchmarks; arguments after -- are JMH's own.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench jmh -- -l",
            "  starling bench jmh -- Digest -f 1 -wi 3 -i 5 -prof gc"
        })
final class JmhCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARG", description = "What JMH is told; -h lists its options.")
    private List<String> args = List.of();

    @Override
    public Integer call() throws IOException {
        org.openjdk.jmh.Main.main(args.toArray(String[]::new));
        return 0;
    }
}
