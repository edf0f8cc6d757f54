package dev.starling.crawler.web;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.web.api.BlocksApi;
import dev.starling.crawler.web.api.CatalogueApi;
import dev.starling.crawler.web.api.SessionApi;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Gate;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.RouteServer;
import dev.starling.crawler.web.http.Sessions;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebKeys;
import dev.starling.crawler.web.live.CrawlView;
import dev.starling.crawler.web.live.LiveApi;
import dev.starling.crawler.web.live.Pulse;
import dev.starling.crawler.web.torznab.Torznab;
import dev.starling.node.monitor.HostCheck;
import dev.starling.node.monitor.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The web page, the APIs and the metrics of a catalogue and, where one runs, of the crawl that
/// fills it.
///
/// On loopback whoever reaches it may read; elsewhere all but the search pages takes a key.
/// Changing anything takes the admin key everywhere.
public final class CrawlServer implements AutoCloseable {

    private final WebKeys keys;
    private final boolean isOpenToOthers;
    private final boolean needsKey;
    private final Pulse pulse;
    private final CrawlMetrics metrics;
    private final List<Route> routes;
    private final RouteServer server;

    private CrawlServer(WebSettings settings, Catalogue catalogue, Optional<CrawlView> crawl)
            throws IOException {
        var clock = InstantSource.system();
        var kept = WebKeys.of(settings.data());
        keys = settings.readKey().map(kept::withRead).orElse(kept);
        isOpenToOthers = !InetAddress.getByName(settings.address().host()).isLoopbackAddress();
        var names = new ArrayList<>(settings.names());
        names.add(settings.address().host());
        needsKey = isOpenToOthers || settings.readKey().isPresent();
        var gate = new Gate(new HostCheck(names), keys, new Sessions(), needsKey);
        pulse = new Pulse(crawl, clock);
        metrics = new CrawlMetrics(pulse, catalogue);
        routes = new ArrayList<>(Pages.routes());
        routes.addAll(new CatalogueApi(catalogue, clock).routes());
        routes.addAll(new SessionApi(gate).routes());
        routes.addAll(new BlocksApi(catalogue.blocks()).routes());
        routes.addAll(new LiveApi(pulse, catalogue).routes());
        routes.addAll(new Torznab(catalogue, clock).routes());
        routes.addAll(metrics.routes());
        routes.add(Route.get("/health", Access.OPEN, _ -> WebAnswer.of(WebAnswer.TEXT, "ok\n")));
        server =
                new RouteServer(
                        settings.address(), gate, routes, Pages.missing(), metrics::answered);
        pulse.start();
    }

    /// Starts serving.
    ///
    /// @param crawl what fills the catalogue; empty where it is only read
    /// @throws IOException if the address cannot be bound or the keys cannot be kept
    public static CrawlServer start(
            WebSettings settings, Catalogue catalogue, Optional<CrawlView> crawl)
            throws IOException {
        return new CrawlServer(settings, catalogue, crawl);
    }

    public WebKeys keys() {
        return keys;
    }

    /// Whether other machines may reach it.
    boolean isOpenToOthers() {
        return isOpenToOthers;
    }

    /// Whether reading more than the search pages takes a key.
    public boolean needsKey() {
        return needsKey;
    }

    /// Where it listens, with the port that was free.
    public HttpAddress address() {
        return server.address();
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void close() {
        pulse.close();
        server.close();
        metrics.close();
    }
}
