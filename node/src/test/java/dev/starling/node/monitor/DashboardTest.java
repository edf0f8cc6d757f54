package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The Grafana dashboard and the list of metrics name what a node tells, and nothing else; the
/// crawler's part is held against the crawler by its own tests.
final class DashboardTest {

    private static final Path DASHBOARD = Path.of("src/main/packaging/grafana-dashboard.json");
    private static final Path LIST = Path.of("../docs/operations.md");
    private static final Pattern NAME =
            Pattern.compile("\\b(starling_(?!crawl_|catalogue_|web_)[a-z_]+[a-z])\\b");

    private static SortedSet<String> names(String text) {
        var names = new TreeSet<String>();
        var matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static SortedSet<String> told() {
        var metrics = new Metrics(new Snapshots(new FakeNode(), () -> 0));
        var told = names(metrics.scrape());
        metrics.close();
        return told;
    }

    @Test
    void theDashboardShowsOnlyWhatThereIs() throws IOException {
        assertThat(told()).containsAll(names(Files.readString(DASHBOARD)));
    }

    @Test
    void theListIsWhole() throws IOException {
        var listed = names(Files.readString(LIST));
        var told = told();
        told.removeIf(name -> name.matches(".*_seconds_(bucket|sum|count)"));

        assertThat(listed).containsAll(told);
        assertThat(told()).containsAll(listed);
    }
}
