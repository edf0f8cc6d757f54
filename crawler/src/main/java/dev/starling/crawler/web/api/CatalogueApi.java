package dev.starling.crawler.web.api;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import dev.starling.id.Id;
import dev.starling.metainfo.Magnet;
import dev.starling.node.Event;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// Search and torrents: what the pages show, so open to whoever sees the pages.
public final class CatalogueApi {

    private final Catalogue catalogue;
    private final InstantSource clock;

    public CatalogueApi(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/search", Access.OPEN, this::search),
                Route.get("/api/v1/torrents/{infoHash}", Access.OPEN, this::torrent),
                Route.get("/api/v1/torrents/{infoHash}/qr.svg", Access.OPEN, this::code),
                Route.get("/api/v1/stats", Access.READ, this::stats));
    }

    private WebAnswer search(WebRequest request) throws Refused, IOException {
        var query = SearchParameters.read(request, clock.instant());
        return WebAnswer.json(TorrentJson.page(catalogue.search(query)));
    }

    private WebAnswer torrent(WebRequest request) throws Refused, IOException {
        return WebAnswer.json(TorrentJson.whole(find(request)));
    }

    /// Of the bare infohash: with the name it would be too fine for a camera.
    private WebAnswer code(WebRequest request) throws Refused, IOException {
        var link = Magnet.of(find(request).entry().infoHash()).toUri();
        var picture = QrSvg.of(link).orElseThrow(() -> Refused.notFound("no code holds " + link));
        return WebAnswer.of("image/svg+xml", picture);
    }

    private Found find(WebRequest request) throws Refused, IOException {
        String text = request.part("infoHash");
        var infoHash =
                Id.parseHex(text)
                        .orElseThrow(() ->
                                Refused.badParameter("infoHash", text, "40 hexadecimal digits"));
        return catalogue
                .find(infoHash)
                .orElseThrow(() -> Refused.notFound("The catalogue has no torrent " + text + "."));
    }

    private WebAnswer stats(WebRequest request) throws IOException {
        var stats = catalogue.stats();
        return WebAnswer.json(
                Event.part()
                        .number("torrents", stats.torrents())
                        .number("hidden", stats.hidden())
                        .number("refused", stats.refused())
                        .number("evicted", stats.evicted())
                        .number("diskBytes", stats.diskBytes()));
    }
}
