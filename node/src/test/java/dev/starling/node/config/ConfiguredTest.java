package dev.starling.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class ConfiguredTest {

    @Command(name = "sail", mixinStandardHelpOptions = true)
    static final class Sail {
        @Option(names = "--port", defaultValue = "0")
        int port;

        @Option(names = "--bootstrap")
        List<String> bootstrap = new ArrayList<>();

        @Option(names = "--json")
        boolean isJson;

        @Option(names = {"-v", "--verbose"})
        boolean[] verbose = new boolean[0];

        @Option(names = "--config")
        String config = "";
    }

    private static Sail parse(String file, String... flags) throws ConfigFault {
        var given = new CommandLine(new Sail()).parseArgs(flags);
        var sail = new Sail();
        Configured.parse(new CommandLine(sail), given, ConfigFile.parse("a.conf", file));
        return sail;
    }

    private static void assertFault(ThrowingCallable parsing, String reason, String hint) {
        assertThatThrownBy(parsing)
                .asInstanceOf(type(ConfigFault.class))
                .satisfies(fault -> {
                    assertThat(fault.reason()).isEqualTo(reason);
                    assertThat(fault.hint()).contains(hint);
                });
    }

    @Test
    void everyLongOptionIsAKey() throws ConfigFault {
        var sail =
                parse(
                        """
                        # A comment, then an empty line.

                        port = 6881   # behind a value too
                        bootstrap = a.example:1#x
                          bootstrap=b.example:2
                        json = true
                        """);

        assertThat(sail.port).isEqualTo(6881);
        assertThat(sail.bootstrap).containsExactly("a.example:1#x", "b.example:2");
        assertThat(sail.isJson).isTrue();
    }

    @Test
    void aFlagBeatsTheFile() throws ConfigFault {
        var sail =
                parse(
                        "port = 6881\nbootstrap = a:1\njson = false\n",
                        "--port",
                        "7000",
                        "--bootstrap",
                        "b:2",
                        "--bootstrap=c:3",
                        "-v",
                        "-v",
                        "--json");

        assertThat(sail.port).isEqualTo(7000);
        assertThat(sail.bootstrap).containsExactly("b:2", "c:3");
        assertThat(sail.verbose).hasSize(2);
        assertThat(sail.isJson).isTrue();
    }

    @Test
    void anUnknownKeyNamesItsLineAndTheNearestKey() {
        assertFault(
                () -> parse("port = 1\nbootstrp = a:1\n"),
                "a.conf:2: there is no key 'bootstrp'",
                "Is bootstrap meant?");
        assertFault(
                () -> parse("weather = fine\n"),
                "a.conf:1: there is no key 'weather'",
                "bootstrap, json, port, verbose");
    }

    @Test
    void whatAsksForSomethingElseIsNoKey() {
        assertFault(() -> parse("help = true\n"), "a.conf:1: there is no key 'help'", "");
        assertFault(() -> parse("config = b.conf"), "a.conf:1: there is no key 'config'", "");
    }

    @Test
    void aWrongValueNamesItsLine() {
        assertFault(
                () -> parse("\nport = high\n"),
                "a.conf:2: Invalid value for option '--port': 'high' is not an int",
                "");
        assertFault(() -> parse("json = yes\n"), "a.conf:1: json is 'yes'", "true or false");
        assertFault(() -> parse("port =\n"), "a.conf:1: port has no value", "");
    }

    @Test
    void aWrongValueIsFoundThoughAFlagBeatsIt() {
        assertThatThrownBy(() -> parse("port = high\n", "--port", "1"))
                .hasMessageContaining("a.conf:1");
    }

    @Test
    void aKeyGivenTwiceNamesBothLines() {
        assertFault(
                () -> parse("port = 1\n\nport = 2\n"),
                "a.conf:3: port is given on line 1 already",
                "once");
    }

    @Test
    void aLineThatSaysNothingIsRefused() {
        assertFault(
                () -> parse("port 6881\n"),
                "a.conf:1: 'port 6881' is no line of a config file",
                "key = value");
    }

    @Test
    void valuesAreTakenAsTheyAre() throws ConfigFault {
        assertThat(parse("bootstrap = \"a b\" = c\n").bootstrap).containsExactly("\"a b\" = c");
    }

    @Test
    void theDistanceOfWordsCountsLettersToChange() {
        assertThat(Keys.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Keys.distance("", "port")).isEqualTo(4);
        assertThat(Keys.distance("port", "port")).isZero();
    }
}
