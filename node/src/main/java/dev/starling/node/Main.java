package dev.starling.node;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `starling` command: the root under which every module's commands hang.
@Command(
        name = "starling",
        description = "Trackerless BitTorrent: a DHT node, downloads by magnet link, a crawler.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            GetCommand.class,
            ShareCommand.class,
            NodeCommand.class,
            DhtCommand.class,
            CreateCommand.class,
            ShowCommand.class,
            VerifyCommand.class
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    private Main() {}

    /// Runs one command line and ends the process with its exit status.
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// Runs one command line in this process and returns its exit status: 0 done, 1 failed, 2 wrong
    /// usage, 130 interrupted.
    public static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Main());
        for (var provider : ServiceLoader.load(CommandProvider.class)) {
            provider.commands().forEach(commandLine::addSubcommand);
        }
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureHandler());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: COMMAND is missing");
    }

    /// The version the build wrote into this program's jar.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"starling " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
