package dev.starling.node;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells of wrong usage in two lines, so that the reason does not scroll away above a page of help.
/// The page comes only where a command was to be chosen and none was, and then first.
final class UsageHandler implements IParameterExceptionHandler {

    /// Says nothing to a person; what follows names the value.
    private static final Pattern POSITION =
            Pattern.compile("^Invalid value for positional parameter at index \\d+ \\([^)]*\\): ");

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        var command = thrown.getCommandLine();
        boolean isJson = Arrays.asList(arguments).contains("--json");
        var output = new Output(command.getOut(), command.getErr(), Output.Mode.ofProcess(isJson));
        if (isNothingChosen(thrown)) {
            command.usage(command.getErr());
        }
        output.error(
                POSITION.matcher(String.valueOf(thrown.getMessage())).replaceFirst(""),
                meant(thrown) + "see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    private static boolean isNothingChosen(ParameterException thrown) {
        CommandLine command = thrown.getCommandLine();
        return !command.getSubcommands().isEmpty()
                && !(command.getCommandSpec().userObject() instanceof Callable)
                && !(thrown instanceof UnmatchedArgumentException);
    }

    private static String meant(ParameterException thrown) {
        return thrown instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(nearest -> "Is '" + nearest + "' meant? Else ")
                        .orElse("")
                : "";
    }
}
