package dev.starling.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling demo`: the whole story on one machine, with no internet.
@Command(
        name = "demo",
        description = "Show the whole story on this machine alone: no internet, no tracker.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling demo", "  starling demo --size 1GiB --nodes 64"})
final class DemoCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

    private static final int MAX_NODES = 256;

    @Mixin private GlobalOptions options;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            converter = SizeConverter.class,
            description = "How much to share (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Nodes in the private DHT (default: ${DEFAULT-VALUE}).")
    private int nodes = 32;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var plan = new Demo.Plan(Math.clamp(nodes, 2, MAX_NODES), lengthBytes);
        Path folder = Files.createTempDirectory("starling-demo");
        try (var interrupt = Interrupt.watch(() -> deleteLate(folder))) {
            return run(plan, folder, interrupt);
        }
    }

    /// Deletes the folder before the interrupt is let go, which ends the process.
    private int run(Demo.Plan plan, Path folder, Interrupt interrupt)
            throws Failure, IOException, InterruptedException {
        try (var demo = new Demo(plan, folder, options.output(), interrupt)) {
            demo.run();
            return 0;
        } catch (InterruptedException e) {
            if (interrupt.isAsked()) {
                return Interrupt.STATUS;
            }
            throw e;
        } finally {
            Folders.delete(folder);
        }
    }

    /// What a step still writes may stay behind, but no more than that.
    private static void deleteLate(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("not all of {} is deleted: {}", folder, e.toString());
        }
    }
}
