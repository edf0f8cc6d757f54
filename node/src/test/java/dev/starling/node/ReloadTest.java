package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.DhtBounds;
import dev.starling.node.config.ConfigFault;
import dev.starling.node.config.Configured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What SIGHUP does with the config file.
final class ReloadTest {

    @TempDir private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<DhtBounds> bounds = new ArrayList<>();
    private Path file = folder;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("node.conf");
    }

    /// A command as it is filled in from the file and one flag.
    private NodeCommand read() throws IOException, ConfigFault {
        var given = new CommandLine(new NodeCommand()).parseArgs("--max-peers", "1000");
        var command = new NodeCommand();
        Configured.parse(new CommandLine(command), given, file);
        return command;
    }

    private Reload running(String config) throws IOException, ConfigFault {
        Files.writeString(file, config);
        var output =
                new Output(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        new Output.Mode(true, false, false));
        return new Reload(file, read().spec(), bounds::add, output);
    }

    @Test
    void boundsAreTakenAtOnce() throws IOException, ConfigFault {
        var reload = running("answers-per-second = 10\n");

        Files.writeString(file, "answers-per-second = 30\nanswers-burst = 50\nmax-peers = 7\n");
        reload.read(this::read);

        assertThat(bounds).containsExactly(new DhtBounds(30, 50, 1_000)); // the flag beats the file
        assertThat(out.toString())
                .contains("\"event\":\"reloaded\"")
                .contains("\"answers-burst = 50 (was the default)\"")
                .contains("\"answers-per-second = 30 (was 10)\"")
                .contains("\"needRestart\":[]");
    }

    @Test
    void whatNeedsARestartIsSaidEveryTime() throws IOException, ConfigFault {
        var reload = running("port = 6881\n");

        Files.writeString(file, "port = 6882\n");
        reload.read(this::read);
        reload.read(this::read);

        assertThat(err.toString())
                .containsSubsequence(
                        "after a restart only: port = 6882 (was 6881)",
                        "after a restart only: port = 6882 (was 6881)");
    }

    @Test
    void whatIsTakenIsSaidOnce() throws IOException, ConfigFault {
        var reload = running("answers-burst = 5\n");

        Files.writeString(file, "answers-burst = 6\n");
        reload.read(this::read);
        reload.read(this::read);

        assertThat(err.toString()).containsSubsequence("answers-burst = 6", "nothing changed");
    }

    @Test
    void aFileWithAMistakeChangesNothing() throws IOException, ConfigFault {
        var reload = running("answers-burst = 5\n");

        Files.writeString(file, "answers-burst = 6\nanswers = 7\n");
        reload.read(this::read);

        assertThat(bounds).isEmpty();
        assertThat(err.toString()).contains("nothing is changed", "node.conf:2");
    }
}
