package dev.starling.crawler.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.web.Shelf;
import dev.starling.crawler.web.WebLab;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class LiveApiTest {

    /// A listener's end shows when it is told something, once a second.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WebLab lab = WebLab.open(Shelf.full().catalogue());

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void theCrawlIsToldWhole() {
        var crawl = JsonMapper.shared().readTree(lab.get("/api/v1/crawl").body());

        assertThat(crawl.get("isCrawling").booleanValue()).isTrue();
        assertThat(crawl.get("torrents").intValue()).isEqualTo(251);
        assertThat(crawl.at("/now/counts/nodes").intValue()).isPositive();
        assertThat(crawl.at("/now/size/low").longValue())
                .isLessThan(crawl.at("/now/size/high").longValue());
        assertThat(crawl.at("/keyspace/nodes")).hasSize(256);
        assertThat(crawl.get("trend")).isNotEmpty();
        assertThat(crawl.get("newest")).hasSize(12);
    }

    @Test
    void theAdminPausesTheCrawlAndResumesIt() {
        var stranger = lab.post("/api/v1/crawl/pause", "");
        var paused = lab.administer("/api/v1/crawl/pause", "");
        var resumed = lab.administer("/api/v1/crawl/resume", "");

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(paused.body()).contains("\"isPaused\":true");
        assertThat(resumed.body()).contains("\"isPaused\":false");
        assertThat(lab.crawl().pauses()).containsExactly(true, false);
    }

    @Test
    void eventsComeOneAfterTheOther() throws IOException, InterruptedException {
        var answer =
                lab.client().send(lab.request("/api/v1/events").build(), BodyHandlers.ofLines());
        Set<String> events = new LinkedHashSet<>();
        long crawls = 0;

        try (var lines = answer.body()) {
            var iterator = lines.iterator();
            while (crawls < 2 && iterator.hasNext()) {
                String line = iterator.next();
                if (line.startsWith("event: ")) {
                    events.add(line.substring(7));
                    crawls += line.endsWith(" crawl") ? 1 : 0;
                } else if (line.startsWith("data: ")) {
                    assertThat(JsonMapper.shared().readTree(line.substring(6)).isObject()).isTrue();
                }
            }
        }

        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(events).containsExactly("crawl", "catalogue", "keyspace");
    }

    @Test
    void onlySoManyListenAtOnceAndWhoGoesMakesRoom() throws IOException, InterruptedException {
        List<InputStream> listeners = new ArrayList<>();
        for (int i = 0; i < LiveApi.MAX_LISTENERS; i++) {
            var answer =
                    lab.client()
                            .send(
                                    lab.request("/api/v1/events").build(),
                                    BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            listeners.add(answer.body());
        }
        assertThat(lab.get("/api/v1/events").statusCode()).isEqualTo(503);
        assertThat(lab.get("/api/v1/search").statusCode()).isEqualTo(200);

        for (InputStream listener : listeners) {
            listener.close();
        }

        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int status = 503;
        while (status == 503 && System.nanoTime() < deadline) {
            var again =
                    lab.client()
                            .send(
                                    lab.request("/api/v1/events").build(),
                                    BodyHandlers.ofInputStream());
            status = again.statusCode();
            again.body().close();
            Thread.sleep(100);
        }
        assertThat(status).isEqualTo(200);
    }
}
