package dev.starling.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Options every command has.
public final class GlobalOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--json",
            description = "Print one JSON object a line on stdout; human text goes to stderr.")
    private boolean isJson;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where state is kept (default: $XDG_DATA_HOME/starling).")
    private List<Path> data = new ArrayList<>();

    public Output output() {
        var commandLine = spec.commandLine();
        return new Output(
                commandLine.getOut(), commandLine.getErr(), Output.Mode.ofProcess(isJson));
    }

    @Option(
            names = {"-v", "--verbose"},
            description = "Log to stderr what happens inside; twice for every detail.")
    void verbose(boolean[] times) {
        LogSetup.verbose(times.length);
    }

    /// The data folder, which need not exist yet.
    public Path data() {
        if (!data.isEmpty()) {
            return data.getLast();
        }
        String xdg = System.getenv("XDG_DATA_HOME");
        Path base =
                xdg != null && !xdg.isEmpty()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home", "."), ".local", "share");
        return base.resolve("starling");
    }
}
