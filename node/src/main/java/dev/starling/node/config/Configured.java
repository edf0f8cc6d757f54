package dev.starling.node.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// A command line filled in from a config file: what the file says and no flag does.
///
/// The file's lines become arguments and are parsed like those of a person, so a value is good in
/// the file where it is good on the command line.
public final class Configured {

    private Configured() {}

    /// Parses the flags of `given` and the lines of the file into `command`, which is fresh and of
    /// the same class as the command that `given` is of.
    ///
    /// @throws IOException if the file cannot be read
    /// @throws ConfigFault of the first line that is wrong, naming it
    public static void parse(CommandLine command, ParseResult given, Path file)
            throws IOException, ConfigFault {
        parse(command, given, ConfigFile.read(file));
    }

    static void parse(CommandLine command, ParseResult given, ConfigFile file) throws ConfigFault {
        var keys = new Keys(command.getCommandSpec());
        var firstLines = new HashMap<String, Integer>();
        var arguments = new ArrayList<>(flags(given));
        for (var entry : file.entries()) {
            var option = option(file, entry, keys);
            Integer first = firstLines.putIfAbsent(entry.key(), entry.line());
            if (first != null && !option.isMultiValue()) {
                throw fault(
                        file,
                        entry,
                        entry.key() + " is given on line " + first + " already",
                        "It may be given once.");
            }
            var said = argument(file, entry, option);
            check(command, file, entry, said);
            if (!given.hasMatchedOption(option.longestName())) {
                arguments.addAll(said);
            }
        }
        parseAll(command, file, arguments);
    }

    /// What a parsed command line says, by key; a key that is not there has its default.
    public static SortedMap<String, String> said(ParseResult parsed) {
        var said = new TreeMap<String, String>();
        for (var option : parsed.matchedOptions()) {
            String key = option.longestName().replaceFirst("^--", "");
            said.put(
                    key,
                    isFlag(option) ? "true" : String.join(", ", option.originalStringValues()));
        }
        return said;
    }

    /// The options of the command line, each with its values; a switch as often as it was given.
    private static List<String> flags(ParseResult given) {
        var options = given.matchedOptions();
        var switches = options.stream().filter(Configured::isFlag).map(OptionSpec::longestName);
        var others =
                options.stream()
                        .filter(option -> !isFlag(option))
                        .distinct()
                        .flatMap(Configured::written);
        return Stream.concat(switches, others).toList();
    }

    private static Stream<String> written(OptionSpec option) {
        return option.originalStringValues().stream()
                .map(value -> option.longestName() + "=" + value);
    }

    private static OptionSpec option(ConfigFile file, ConfigFile.Entry entry, Keys keys)
            throws ConfigFault {
        var option = keys.option(entry.key());
        if (option.isEmpty()) {
            throw fault(
                    file, entry, "there is no key '" + entry.key() + "'", keys.hint(entry.key()));
        }
        return option.get();
    }

    /// A line as an argument; nothing for a switch that is off.
    private static List<String> argument(ConfigFile file, ConfigFile.Entry entry, OptionSpec option)
            throws ConfigFault {
        if (!isFlag(option)) {
            return List.of(option.longestName() + "=" + entry.value());
        }
        return switch (entry.value()) {
            case "true" -> List.of(option.longestName());
            case "false" -> List.of();
            default ->
                    throw fault(
                            file,
                            entry,
                            entry.key() + " is '" + entry.value() + "'",
                            "Write true or false.");
        };
    }

    private static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /// Whether this line alone is good.
    private static void check(
            CommandLine command, ConfigFile file, ConfigFile.Entry entry, List<String> argument)
            throws ConfigFault {
        if (entry.value().isEmpty()) {
            throw fault(file, entry, entry.key() + " has no value", "");
        }
        try {
            command.parseArgs(argument.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new ConfigFault(where(file, entry) + e.getMessage(), "", e);
        }
    }

    private static void parseAll(CommandLine command, ConfigFile file, List<String> arguments)
            throws ConfigFault {
        try {
            command.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new ConfigFault(file.name() + ": " + e.getMessage(), "", e);
        }
    }

    private static String where(ConfigFile file, ConfigFile.Entry entry) {
        return file.name() + ":" + entry.line() + ": ";
    }

    private static ConfigFault fault(
            ConfigFile file, ConfigFile.Entry entry, String reason, String hint) {
        return new ConfigFault(where(file, entry) + reason, hint);
    }
}
