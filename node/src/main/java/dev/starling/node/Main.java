package dev.starling.node;

import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
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
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling demo                          (all of it on this machine alone)",
            "  starling get 'magnet:?xt=urn:btih:...' -o ~/Downloads",
            "  starling share ~/Pictures/holiday",
            "  starling node --port 6881",
            "  starling get --help                    (every command has examples)"
        },
        versionProvider = Main.Version.class)
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
        return commandLine(args).setUsageHelpAutoWidth(true).execute(args);
    }

    /// The whole command line.
    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Main());
        commands().forEach(commandLine::addSubcommand);
        return configured(commandLine);
    }

    /// As much of the command line as these arguments need: the command that they name and outlines
    /// of the others. To build every option of every command takes longer than most commands run.
    static CommandLine commandLine(String... args) {
        var first = args.length == 0 ? "-" : args[0];
        if (!first.startsWith("-") && commands().noneMatch(it -> name(it).equals(first))) {
            return commandLine();
        }
        var commandLine = new CommandLine(new Main());
        commands()
                .forEach(command ->
                        commandLine.addSubcommand(
                                name(command).equals(first) ? command : outline(command)));
        return configured(commandLine);
    }

    private static Stream<Object> commands() {
        var own =
                Stream.<Object>of(
                        new DemoCommand(),
                        new GetCommand(),
                        new ShareCommand(),
                        new NodeCommand(),
                        new DhtCommand(),
                        new PublishCommand(),
                        new FollowCommand(),
                        new KeyCommand(),
                        new CreateCommand(),
                        new ShowCommand(),
                        new VerifyCommand(),
                        new CompletionCommand());
        var others =
                ServiceLoader.load(CommandProvider.class).stream()
                        .flatMap(provider -> provider.get().commands().stream());
        return Stream.concat(own, others);
    }

    private static Command annotation(Object command) {
        return Objects.requireNonNull(command.getClass().getAnnotation(Command.class));
    }

    private static String name(Object command) {
        return annotation(command).name();
    }

    /// A command's name and what the list of commands says of it.
    private static CommandSpec outline(Object command) {
        var spec = CommandSpec.create().name(name(command));
        spec.usageMessage().description(annotation(command).description());
        return spec;
    }

    private static CommandLine configured(CommandLine commandLine) {
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageHandler())
                .setExecutionExceptionHandler(new FailureHandler());
    }

    static String version() {
        var version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: COMMAND is missing");
    }

    /// The version the build wrote into this program's jar.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"starling " + version()};
        }
    }
}
