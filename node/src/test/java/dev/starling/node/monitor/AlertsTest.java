package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The alerts that the documents recommend match what a node tells, down to the labels: an
/// expression whose labels do not match is silent for ever, or never is.
final class AlertsTest {

    private static final Path OPERATIONS = Path.of("../docs/operations.md");
    private static final Pattern USE =
            Pattern.compile(
                    "(?<sum>(?:sum by \\(instance\\) \\((?:rate\\()?)?)"
                            + "\\b(?<name>starling_[a-z_]+)(?<label>(?:\\{[a-z_]+=\"[a-z_]+\"})?)");

    private static List<String> expressions() throws IOException {
        var text = Files.readString(OPERATIONS);
        int start = text.indexOf("## Alerts worth having");
        return text.substring(start, text.indexOf("\n## ", start))
                .lines()
                .filter(line -> line.contains("starling_"))
                .toList();
    }

    /// The lines of one metric, or of one label of it.
    private static List<String> told(String name, String label) {
        var metrics = new Metrics(new Snapshots(new FakeNode(), () -> 0));
        var inner = label.replaceAll("[{}]", "");
        var told =
                metrics.scrape()
                        .lines()
                        .filter(line -> line.matches(Pattern.quote(name) + "[{ ].*"))
                        .filter(line -> line.contains(inner))
                        .toList();
        metrics.close();
        return told;
    }

    @Test
    void everyMetricAndLabelOfAnAlertIsTold() throws IOException {
        for (var expression : expressions()) {
            var use = USE.matcher(expression);
            while (use.find()) {
                assertThat(told(use.group("name"), use.group("label"))).as(expression).isNotEmpty();
            }
        }
    }

    @Test
    void whatIsToldInPartsIsSummed() throws IOException {
        for (var expression : expressions()) {
            var use = USE.matcher(expression);
            while (use.find()) {
                if (use.group("sum").isEmpty()) {
                    assertThat(told(use.group("name"), use.group("label")))
                            .as(expression)
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void bothSidesOfADivisionHaveTheSameLabels() throws IOException {
        for (var expression : expressions()) {
            if (expression.contains(" / ")) {
                var labels =
                        USE.matcher(expression)
                                .results()
                                .map(use ->
                                        use.group("sum").isEmpty()
                                                ? use.group("label")
                                                : "instance")
                                .collect(Collectors.toSet());
                assertThat(labels).as(expression).hasSize(1);
            }
        }
    }
}
