package dev.starling.crawler.web.live;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.CatalogueQuery.Window;
import dev.starling.crawler.catalogue.CatalogueStats;
import dev.starling.crawler.catalogue.Order;
import dev.starling.crawler.web.api.TorrentJson;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import dev.starling.node.Event;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What the overview shows: once whole, then each second what is new, as server-sent events.
public final class LiveApi {

    /// Overviews open at once; each holds a connection and a virtual thread.
    static final int MAX_LISTENERS = 32;

    /// Of so many looks one also tells what is dearer to find out.
    private static final int SLOW_BEATS = 5;

    private static final int NEWEST = 12;
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Pulse pulse;
    private final Catalogue catalogue;
    private final Semaphore listeners = new Semaphore(MAX_LISTENERS);
    private @Nullable Glance latest;

    private record Glance(long nanos, CatalogueStats stats, List<Event> newest) {}

    public LiveApi(Pulse pulse, Catalogue catalogue) {
        this.pulse = pulse;
        this.catalogue = catalogue;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/crawl", Access.READ, this::crawl),
                Route.get("/api/v1/events", Access.READ, this::events),
                Route.post("/api/v1/crawl/pause", Access.ADMIN, _ -> pause(true)),
                Route.post("/api/v1/crawl/resume", Access.ADMIN, _ -> pause(false)));
    }

    private WebAnswer pause(boolean isPaused) throws Refused, IOException {
        if (pulse.crawl().isEmpty()) {
            throw new Refused(409, "Nothing crawls here.");
        }
        pulse.crawl().get().pause(isPaused);
        return WebAnswer.json(Event.part().flag("isPaused", isPaused));
    }

    private WebAnswer crawl(WebRequest request) throws IOException {
        var json = catalogue(Event.part().flag("isCrawling", pulse.crawl().isPresent()));
        pulse.latest().ifPresent(sample -> json.nested("now", LiveJson.sample(sample)));
        pulse.crawl()
                .ifPresent(crawl -> json.nested("keyspace", LiveJson.keyspace(crawl.keyspace())));
        var trend = pulse.trend().samples().stream().map(LiveJson::sample).toList();
        return WebAnswer.json(json.parts("trend", trend));
    }

    private Event catalogue(Event json) throws IOException {
        var now = glance();
        return json.number("torrents", now.stats().torrents())
                .number("hidden", now.stats().hidden())
                .number("diskBytes", now.stats().diskBytes())
                .parts("newest", now.newest());
    }

    /// The catalogue a moment ago: however many look, it is asked once.
    private synchronized Glance glance() throws IOException {
        var known = latest;
        if (known != null && System.nanoTime() - known.nanos() < FRESH.toNanos()) {
            return known;
        }
        var newest =
                catalogue.search(
                        CatalogueQuery.of("").with(Order.NEWEST).with(new Window(0, NEWEST)));
        var fresh =
                new Glance(
                        System.nanoTime(),
                        catalogue.stats(),
                        newest.hits().stream()
                                .map(hit -> TorrentJson.torrent(hit.found()))
                                .toList());
        latest = fresh;
        return fresh;
    }

    private WebAnswer events(WebRequest request) throws Refused {
        if (!listeners.tryAcquire()) {
            throw new Refused(503, MAX_LISTENERS + " others listen already; try again later.");
        }
        return new WebAnswer.Stream(
                "text/event-stream",
                out -> {
                    try {
                        tell(out);
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException("the server stops");
                    } finally {
                        listeners.release();
                    }
                });
    }

    /// Until the listener has gone or the server stops.
    private void tell(OutputStream out) throws IOException, InterruptedException {
        int told = 0;
        for (long beat = pulse.await(0); beat >= 0; beat = pulse.await(beat)) {
            var now = pulse.latest();
            if (now.isPresent()) {
                send("crawl", LiveJson.sample(now.get()), out);
            }
            if (told % SLOW_BEATS == 0) {
                send("catalogue", catalogue(Event.part()), out);
                var crawl = pulse.crawl();
                if (crawl.isPresent()) {
                    send("keyspace", LiveJson.keyspace(crawl.get().keyspace()), out);
                }
            }
            out.flush();
            told++;
        }
    }

    private static void send(String event, Event data, OutputStream out) throws IOException {
        String text = "event: " + event + "\ndata: " + data.toJson() + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
