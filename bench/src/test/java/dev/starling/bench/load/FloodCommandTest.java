package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.node.Failure;
import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class FloodCommandTest {

    @TempDir private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new FloodCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    err.write(failure instanceof Failure ? failure.getMessage() : "" + failure);
                    return 1;
                })
                .execute(arguments);
    }

    private static double number(String json, String field) {
        var found = Pattern.compile("\"" + field + "\":([-0-9.E]+)").matcher(json);
        assertThat(found.find()).as("%s in %s", field, json).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /// A flood of a few hundred queries, which hurts nobody.
    @Test
    void thoseItKnowsAreAnsweredBeforeAndAfter() throws Exception {
        var options = new DhtService.Options(List.of("127.0.77.4"), 0, List.of(), false);
        Path picture = folder.resolve("flood.svg");
        try (var node = DhtService.start(options, Stores.inMemory(), _ -> {})) {
            int status =
                    run(
                            node.addresses().getFirst().toString(),
                            "--duration=500ms",
                            "--rate=1000",
                            "--from=2",
                            "--known=4",
                            "--honest=100",
                            "--output=" + picture,
                            "--json");

            String summary = out.toString().lines().toList().getLast();
            assertThat(status).as(err.toString()).isZero();
            assertThat(number(summary, "floodPerSecond")).isEqualTo(1_000);
            assertThat(number(summary, "answeredBefore")).isPositive();
            assertThat(number(summary, "answeredAfter")).isPositive();
            assertThat(Files.readString(picture)).startsWith("<svg ");
        }
    }

    @Test
    void onlyNodesOfThisMachineAreFlooded() {
        assertThat(run("192.0.2.1:6881")).isEqualTo(1);

        assertThat(err.toString()).contains("192.0.2.1:6881 is not on loopback");
    }

    @Test
    void countsAreChecked() {
        assertThat(run("127.0.0.1:9", "--from=0")).isEqualTo(1);
        assertThat(run("127.0.0.1:9", "--known=20001")).isEqualTo(1);
        assertThat(run("127.0.0.1:9", "--honest=0")).isEqualTo(1);
        assertThat(run("127.0.0.1:9", "--times=0")).isEqualTo(1);

        assertThat(err.toString()).contains("must be in 1..20000").contains("must be positive");
    }
}
