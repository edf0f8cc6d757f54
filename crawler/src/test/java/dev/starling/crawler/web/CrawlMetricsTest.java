package dev.starling.crawler.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `/metrics` tells, the dashboard shows and the documentation lists is the same.
final class CrawlMetricsTest {

    private static final Path DASHBOARD =
            Path.of("../node/src/main/packaging/grafana-dashboard.json");
    private static final Path LIST = Path.of("../docs/crawler-web.md");
    private static final Pattern NAME =
            Pattern.compile("\\b(starling_(?:crawl|catalogue|web)_[a-z_]+[a-z])\\b");

    private final WebLab lab = WebLab.open(Shelf.full().catalogue());

    @AfterEach
    void stop() {
        lab.close();
    }

    private static SortedSet<String> names(String text) {
        var names = new TreeSet<String>();
        var matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private SortedSet<String> told() {
        lab.get("/health");
        return names(lab.get("/metrics").body());
    }

    @Test
    void figuresAreInPrometheusForm() {
        lab.get("/health");
        String metrics = lab.get("/metrics").body();

        assertThat(metrics)
                .containsPattern("starling_crawl_nodes_total [1-9]")
                .containsPattern("starling_crawl_network_nodes\\{bound=\"low\"} [1-9]")
                .contains("starling_catalogue_torrents{state=\"visible\"} 251.0")
                .contains("starling_web_answers_total{route=\"/health\",status=\"200\"} 1.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void theDashboardShowsOnlyWhatThereIs() throws IOException {
        var shown = names(Files.readString(DASHBOARD));

        assertThat(shown).hasSizeGreaterThan(8);
        assertThat(told()).containsAll(shown);
    }

    @Test
    void theListIsWhole() throws IOException {
        assertThat(names(Files.readString(LIST))).isEqualTo(told());
    }
}
