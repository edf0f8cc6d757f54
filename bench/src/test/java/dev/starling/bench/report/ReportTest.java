package dev.starling.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportTest {

    private static final String JMH =
            "{\"event\":\"jmh\",\"benchmark\":\"RoutingBenchmark\",\"method\":\"closest\","
                    + "\"params\":\"\",\"score\":%d,\"error\":3.5,\"unit\":\"ns/op\","
                    + "\"bytesPerOperation\":96}";

    @TempDir private Path folder;

    @Test
    void theLatestRunIsTheLastByName() throws IOException {
        Files.writeString(folder.resolve("2026-11-22.jsonl"), JMH.formatted(410));
        Files.writeString(folder.resolve("2026-11-01.jsonl"), JMH.formatted(520));

        var series = Series.of(ResultFile.readAll(List.of(folder)));

        assertThat(series).hasSize(1);
        assertThat(series.getFirst().points())
                .extracting(Series.Point::run)
                .containsExactly("2026-11-01", "2026-11-22");
        assertThat(series.getFirst().latest().value()).isEqualTo(410);
    }

    @Test
    void whatIsNoResultIsPassedOver() throws IOException {
        var file = folder.resolve("run.jsonl");
        Files.writeString(file, "# a note\n{\"event\":\"openssl\"\n[1]\n" + JMH.formatted(1));

        assertThat(ResultFile.read(file).lines()).hasSize(1);
    }

    @Test
    void thePageShowsNamesValuesAndSpreadAndNoMarkupOfOthers() throws IOException {
        var file = folder.resolve("run.jsonl");
        Files.writeString(file, JMH.formatted(410).replace("closest", "<b>closest"));

        var page = Html.page(ResultFile.readAll(List.of(file)));

        assertThat(page).contains("RoutingBenchmark", "&lt;b&gt;closest", "410 ± 3.50", "96 B");
        assertThat(page).doesNotContain("<b>", "<script", "http");
    }

    @Test
    void theCommandWritesThePage() {
        var out = new StringWriter();
        var page = folder.resolve("page.html");
        var file = folder.resolve("run.jsonl");
        var command = new CommandLine(new ReportCommand()).setOut(new PrintWriter(out));

        assertThat(command.execute("--json", file.toString(), "-o", page.toString())).isNotZero();
        write(file, JMH.formatted(410));
        int status = command.execute("--json", file.toString(), "-o", page.toString());

        assertThat(status).isZero();
        assertThat(page).exists();
        assertThat(out.toString()).contains("\"runs\":1", "\"measurements\":1");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
