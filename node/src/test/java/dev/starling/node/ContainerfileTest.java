package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the container file names is in the package that it installs: nothing here can build it.
final class ContainerfileTest {

    private static final Path FILE = Path.of("src/main/packaging/Containerfile");
    private static final Path CONFIG = Path.of("src/main/packaging/starling.conf");

    /// Makes the package, see its profile `package`.
    private static final Path PACKAGE = Path.of("../bench/pom.xml");

    private final List<String> instructions = new ArrayList<>();

    @BeforeEach
    void readInstructions() throws IOException {
        var text = Files.readString(FILE).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        instructions.addAll(text.lines().filter(line -> !line.isBlank()).toList());
    }

    /// What follows an instruction, of the only one of its kind.
    private String the(String instruction) {
        var found =
                instructions.stream().filter(line -> line.startsWith(instruction + " ")).toList();
        assertThat(found).as(instruction).hasSize(1);
        return found.getFirst().substring(instruction.length() + 1);
    }

    /// The words of `["a", "b"]`, which no shell takes apart.
    private static List<String> words(String list) {
        assertThat(list).startsWith("[").endsWith("]");
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(list)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void itCopiesThePackageByTheNameThatTheBuildGivesIt() throws IOException {
        var copied = List.of(the("COPY").split(" ", -1));
        var made = Pattern.compile("<deb>[^<]*/([^</]+)</deb>").matcher(pom());
        assertThat(made.find()).isTrue();
        String name =
                made.group(1)
                        .replace("${project.version}", "0.1.0-SNAPSHOT")
                        .replace("${deb.architecture}", "amd64");

        var pattern = FileSystems.getDefault().getPathMatcher("glob:" + copied.getFirst());
        assertThat(pattern.matches(Path.of(name))).as("%s fits %s", name, copied).isTrue();
        assertThat(the("RUN")).contains("install -y --no-install-recommends " + copied.getLast());
    }

    @Test
    void programAndConfigAreWhereThePackagePutsThem() throws IOException {
        var command = new ArrayList<>(words(the("ENTRYPOINT")));
        command.addAll(words(the("CMD")));

        assertThat(pom())
                .contains("<linkName>/usr/bin/" + command.getFirst() + "</linkName>")
                .contains("<dst>" + command.getLast() + "</dst>");
    }

    @Test
    void commandsAreOnesThatTheProgramKnows() {
        var command = new ArrayList<>(words(the("ENTRYPOINT")));
        command.addAll(words(the("CMD")));
        var check = words(the("HEALTHCHECK").replaceFirst(".* CMD ", ""));

        for (var line : List.of(command, check)) {
            String[] arguments = line.subList(1, line.size()).toArray(String[]::new);
            var parsed = Main.commandLine(arguments).parseArgs(arguments);
            assertThat(parsed.errors()).isEmpty();
            assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("node");
        }
    }

    @Test
    void portsAreThoseOfTheConfig() throws IOException {
        var config = new Properties();
        try (var in = Files.newBufferedReader(CONFIG)) {
            config.load(in);
        }

        assertThat(the("EXPOSE"))
                .isEqualTo(
                        config.getProperty("port") + "/udp " + config.getProperty("http") + "/tcp");
    }

    @Test
    void itsUserOwnsTheVolumeWhereTheProgramKeepsItsState() {
        String volume = the("VOLUME");

        assertThat(the("RUN"))
                .endsWith(
                        "useradd --system --home-dir " + volume + " --create-home " + the("USER"));
        assertThat(the("ENV") + "/starling").isEqualTo("XDG_DATA_HOME=" + volume);
    }

    private static String pom() throws IOException {
        return Files.readString(PACKAGE);
    }
}
