package dev.starling.crawler.web;

import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The pages: documents, scripts and styles that lie beside this class. They hold nothing that was
/// found; what they show they ask for.
final class Pages {

    private static final int NOT_FOUND = 404;
    private static final Map<String, String> DOCUMENTS = new LinkedHashMap<>();
    private static final List<String> SCRIPTS =
            List.of("common.js", "charts.js", "search.js", "torrent.js", "overview.js");

    static {
        DOCUMENTS.put("/", "search.html");
        DOCUMENTS.put("/torrent/{infoHash}", "torrent.html");
        DOCUMENTS.put("/overview", "overview.html");
        DOCUMENTS.put("/about", "about.html");
    }

    private Pages() {}

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        DOCUMENTS.forEach((path, file) -> routes.add(page(path, file, WebAnswer.HTML)));
        SCRIPTS.forEach(file -> routes.add(page("/" + file, file, "text/javascript")));
        routes.add(page("/starling.css", "starling.css", "text/css"));
        routes.add(page("/icon.svg", "icon.svg", "image/svg+xml"));
        routes.add(page("/api/v1/openapi.json", "openapi.json", WebAnswer.JSON));
        return routes;
    }

    /// Answers what is at no path: a browser with a page, a program with JSON.
    static Route missing() {
        var page = Resource.read("missing.html", WebAnswer.HTML);
        return Route.get(
                "*",
                Access.OPEN,
                request ->
                        request.header("accept").orElse("").contains("text/html")
                                ? WebAnswer.of(NOT_FOUND, page.type(), page.text())
                                : WebAnswer.error(NOT_FOUND, "There is nothing at this path."));
    }

    private static Route page(String path, String file, String type) {
        var resource = Resource.read(file, type);
        return Route.get(path, Access.OPEN, resource::answer).refusing(Pages::refuse);
    }

    private static WebAnswer refuse(Refused refused) {
        return WebAnswer.of(refused.status(), WebAnswer.TEXT, refused.reason() + "\n");
    }

    /// A file of ours, sent once to each browser and only confirmed from then on.
    private record Resource(String type, String text, String tag) {

        static Resource read(String file, String type) {
            try (var in = Objects.requireNonNull(Pages.class.getResourceAsStream(file), file)) {
                byte[] bytes = in.readAllBytes();
                String tag = '"' + Id.of(Sha1.of(bytes)).hex() + '"';
                return new Resource(type, new String(bytes, StandardCharsets.UTF_8), tag);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        WebAnswer answer(WebRequest request) {
            boolean isKnown = request.header("if-none-match").equals(Optional.of(tag));
            return new WebAnswer.Whole(
                    isKnown ? 304 : 200,
                    type,
                    isKnown ? "" : text,
                    Map.of("ETag", tag, "Cache-Control", "no-cache"));
        }
    }
}
