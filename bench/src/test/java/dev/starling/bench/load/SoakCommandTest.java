package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SoakCommandTest {

    @Test
    void aNodeKilledUnderLoadLosesNoAnnouncedPeer() {
        var out = new StringWriter();
        var command = new CommandLine(new SoakCommand()).setOut(new PrintWriter(out));

        int status =
                command.execute(
                        "--duration",
                        "8s",
                        "--kill-every",
                        "1s",
                        "--rate",
                        "400",
                        "--nodes",
                        "16",
                        "--json");

        String summary = out.toString().lines().toList().getLast();
        assertThat(status).as(summary).isZero();
        assertThat(number(summary, "kills")).isPositive();
        assertThat(number(summary, "announced")).isPositive();
        assertThat(number(summary, "asked")).isPositive();
        assertThat(number(summary, "lost")).isZero();
        assertThat(number(summary, "residentBytesMost")).isPositive();
    }

    private static double number(String json, String field) {
        var found = Pattern.compile("\"" + field + "\":([-0-9.E]+)").matcher(json);
        assertThat(found.find()).as("%s in %s", field, json).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
