package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Commands that need no network, run as a person runs them.
final class MainTest {

    private static final int LENGTH_BYTES = 300_000;

    /// A terminal has 80, and help leaves the last ones free.
    private static final int EXAMPLE_CHARACTERS = 78;

    @TempDir private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file = folder;
    private Path torrent = folder;

    @BeforeEach
    void makeContent() throws IOException {
        file = folder.resolve("content.bin");
        torrent = folder.resolve("content.torrent");
        byte[] bytes = new byte[LENGTH_BYTES];
        new SplittableRandom(1).nextBytes(bytes);
        Files.write(file, bytes);
    }

    private int run(String... arguments) {
        return Main.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int create() {
        return run("create", file.toString(), "-o", torrent.toString());
    }

    @Test
    void whatIsCreatedIsShownAndVerified() {
        assertThat(create()).isZero();
        assertThat(run("show", torrent.toString(), "--json")).isZero();
        assertThat(run("verify", torrent.toString(), folder.toString(), "--json")).isZero();

        assertThat(out.toString())
                .contains("\"event\":\"torrent\"")
                .contains("\"name\":\"content.bin\"")
                .contains("\"lengthBytes\":" + LENGTH_BYTES)
                .contains(
                        "\"files\":[{\"index\":0,\"path\":\"content.bin\",\"lengthBytes\":300000}]")
                .contains("\"magnet\":\"magnet:?xt=urn:btih:")
                .contains("\"event\":\"verified\"");
    }

    @Test
    void oneWrongByteIsFoundAndFailsTheCommand() throws IOException {
        create();
        byte[] bytes = Files.readAllBytes(file);
        bytes[LENGTH_BYTES / 2]++;
        Files.write(file, bytes);

        int status = run("verify", torrent.toString(), folder.toString(), "--json");

        assertThat(status).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("\"pieces\":\\d+,\"good\":\\d+")
                .containsPattern(
                        "\"event\":\"file\",\"path\":\"content.bin\",\"state\":\"damaged\",\"bad\":1");
    }

    @Test
    void filesThatAreNotAsTheyShouldBeAreNamed() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        for (String name : List.of("a", "b", "c", "d")) {
            Files.write(many.resolve(name), new byte[LENGTH_BYTES]);
        }
        run("create", many.toString(), "-o", torrent.toString());
        Files.delete(many.resolve("a"));
        Files.write(many.resolve("b"), new byte[10]);
        byte[] wrong = new byte[LENGTH_BYTES];
        wrong[LENGTH_BYTES / 2] = 1;
        Files.write(many.resolve("d"), wrong);

        assertThat(run("verify", torrent.toString(), folder.toString())).isEqualTo(1);

        assertThat(out.toString())
                .contains("missing  many/a\n")
                .containsPattern("short    many/b  \\d+ of \\d+ pieces? bad\n")
                .containsPattern("damaged  many/d  \\d+ of \\d+ pieces? bad\n");
        assertThat(err.toString()).contains("starling get " + torrent + " -o " + folder);
    }

    @Test
    void aRefusedTorrentSaysWhyAndExitsWithOne() throws IOException {
        Files.writeString(torrent, "d4:infod4:name1:xee");

        int status = run("show", torrent.toString(), "--json");

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("\"event\":\"failed\"").contains("\"reason\":");
        assertThat(err.toString()).startsWith("error: ").doesNotContain("Exception");
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(run("show")).isEqualTo(2);
        assertThat(run("fly")).isEqualTo(2);
        assertThat(run("get", "--nonsense", "x")).isEqualTo(2);
        assertThat(run("get", "x", "--port", "99999")).isEqualTo(2);
        assertThat(run("dht", "lookup", "x", "--announce", "99999")).isEqualTo(2);
        assertThat(run("dht", "lookup", "x", "--announce", "0")).isEqualTo(2);
        assertThat(run("dht")).isEqualTo(2);
    }

    @Test
    void aValueThatCannotBeMeantIsWrongUsage() {
        var hash = "0".repeat(40);

        assertThat(run("get", hash, "--bootstrap", "127.0.0.1")).isEqualTo(2);
        assertThat(run("get", hash, "--bootstrap", "[::1:6881")).isEqualTo(2);
        assertThat(run("get", hash, "--peer", "127.0.0.1:0")).isEqualTo(2);
        assertThat(run("get", hash, "--listen", "localhost")).isEqualTo(2);
        assertThat(run("get", hash, "--select", "5-3")).isEqualTo(2);
        assertThat(run("show", "magnet:?xt=urn:btih:12")).isEqualTo(2);
        assertThat(run("follow", "magnet:?xt=urn:btih:" + hash)).isEqualTo(2);
        assertThat(run("dht", "ping", "::1")).isEqualTo(2);
        assertThat(run("dht", "ping", "127.0.0.1:9", "--count", "0")).isEqualTo(2);
        assertThat(run("dht", "find-node", "12")).isEqualTo(2);
        assertThat(run("create", file.toString(), "--piece-length", "3MiB")).isEqualTo(2);
        assertThat(run("demo", "--size", "0")).isEqualTo(2);
    }

    @Test
    void wrongUsageIsToldInTwoLines() {
        run("get", "0".repeat(40), "--sede", "--json");

        assertThat(err.toString().lines())
                .containsExactly(
                        "error: Unknown option: '--sede'",
                        "  Is '--seed' meant? Else see 'starling get --help'");
        assertThat(out.toString()).contains("\"event\":\"failed\"");
    }

    @Test
    void aLinkThatNamesNothingIsToldWithoutItsPlaceOnTheLine() {
        run("get", "magnet:");

        assertThat(err.toString())
                .startsWith(
                        "error: the magnet link cannot be used: nothing follows 'magnet:'. A link");
    }

    @Test
    void theReasonComesLastWhereTheHelpIsShown() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("Usage: starling")
                .endsWith("  see 'starling --help'" + System.lineSeparator());
    }

    @Test
    void whatIsNoTorrentSaysWhatOneLooksLike() {
        assertThat(run("show", "nowhere")).isEqualTo(1);
        assertThat(err.toString()).contains("'nowhere'").contains("magnet");
    }

    @Test
    void aLinkToAKeyIsToBeFollowed() {
        assertThat(run("get", "magnet:?xs=urn:btpk:" + "0".repeat(64))).isEqualTo(2);
        assertThat(err.toString()).contains("names a key").contains("starling follow");
    }

    @Test
    void helpListsEveryCommandThoughItBuildsNone() {
        var help = Main.commandLine("--help").getUsageMessage();

        assertThat(help).isEqualTo(Main.commandLine().getUsageMessage());
        assertThat(help).contains("get ", "Download by magnet link");
    }

    @Test
    void aNamedCommandIsBuiltWhole() {
        assertThat(run("dht", "ping", "--help")).isZero();

        assertThat(out.toString()).contains("starling dht ping").contains("--bootstrap");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(run("completion")).isZero();

        assertThat(out.toString()).contains("complete ").contains("share").contains("--bootstrap");
    }

    @Test
    void everyCommandHasHelpWithExamplesThatFitALine() {
        assertHelps(Main.commandLine());
    }

    private static void assertHelps(CommandLine command) {
        var name = command.getCommandSpec().qualifiedName();
        assertThat(command.getUsageMessage()).as(name).contains("--help", "Examples:");
        assertThat(command.getCommandSpec().usageMessage().description())
                .as("what the list of commands shows of %s", name)
                .hasSize(1);
        assertThat(command.getCommandSpec().usageMessage().footer())
                .as(name)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(EXAMPLE_CHARACTERS));
        command.getSubcommands().values().forEach(MainTest::assertHelps);
    }
}
