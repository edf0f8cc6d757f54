package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.runtime.DhtService;
import dev.starling.runtime.Stores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LoadCommandTest {

    @Test
    void everyAnswerOfOurOwnNodeIsValid() throws Exception {
        var options = new DhtService.Options(List.of("127.0.77.1"), 0, List.of(), false);
        try (var node = DhtService.start(options, Stores.inMemory(), told -> {})) {
            String address = node.addresses().getFirst().toString();

            String summary =
                    run(address, "--nodes", "40", "--sources", "8", "--pid", ownPid(), "--json");

            assertThat(number(summary, "replies")).isPositive();
            assertThat(number(summary, "invalid")).isZero();
            assertThat(number(summary, "errors")).isZero();
            assertThat(number(summary, "targetResidentBytes")).isPositive();
        }
    }

    @Test
    void atAFixedRateNoMoreIsAskedThanWanted() throws Exception {
        var options = new DhtService.Options(List.of("127.0.77.2"), 0, List.of(), false);
        try (var node = DhtService.start(options, Stores.inMemory(), told -> {})) {
            String address = node.addresses().getFirst().toString();

            String summary = run(address, "--nodes", "20", "--rate", "200", "--json");

            double asked = number(summary, "replies") + number(summary, "lost");
            assertThat(asked).isBetween(1.0, 200 * number(summary, "seconds") + 1);
        }
    }

    @Test
    void whereNobodyAnswersItSaysSo() {
        var err = new StringWriter();

        int status =
                new CommandLine(new LoadCommand())
                        .setErr(new PrintWriter(err))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler((failure, _, _) -> {
                            err.write(failure.getMessage());
                            return 1;
                        })
                        .execute("127.0.77.3:9", "--nodes", "2");

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("answers nothing");
    }

    private static String run(String... arguments) {
        var out = new StringWriter();
        var command = new CommandLine(new LoadCommand()).setOut(new PrintWriter(out));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--duration", "300ms", "--warmup", "100ms"));

        int status = command.execute(all.toArray(String[]::new));

        assertThat(status).isZero();
        return out.toString().lines().toList().getLast();
    }

    private static double number(String json, String field) {
        var found = Pattern.compile("\"" + field + "\":([-0-9.E]+)").matcher(json);
        assertThat(found.find()).as("%s in %s", field, json).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
