package dev.starling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.node.CommandProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The help of every command that the crawler and the benchmarks add to the program.
final class HelpTest {

    /// A terminal has 80, and help leaves the last ones free.
    private static final int EXAMPLE_CHARACTERS = 78;

    @Test
    void everyCommandHasHelpWithExamplesThatFitALine() {
        var commands =
                ServiceLoader.load(CommandProvider.class).stream()
                        .flatMap(provider -> provider.get().commands().stream())
                        .map(CommandLine::new)
                        .toList();

        assertThat(commands)
                .extracting(CommandLine::getCommandName)
                .contains("crawl", "catalogue", "search", "bench", "sim");
        commands.forEach(HelpTest::assertHelps);
    }

    private static void assertHelps(CommandLine command) {
        var name = command.getCommandSpec().qualifiedName();
        assertThat(command.getUsageMessage()).as(name).contains("--help", "Examples:");
        assertThat(command.getCommandSpec().usageMessage().footer())
                .as(name)
                .filteredOn(line -> line.startsWith("  starling"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(EXAMPLE_CHARACTERS));
        command.getSubcommands().values().forEach(HelpTest::assertHelps);
    }
}
