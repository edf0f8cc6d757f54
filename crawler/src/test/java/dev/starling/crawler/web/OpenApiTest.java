package dev.starling.crawler.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.MemoryCatalogue;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Route;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The served description says what there is, no more and no less.
final class OpenApiTest {

    private static final String ASSET = "/[\\w-]+\\.(js|css|svg)";

    private final MemoryCatalogue catalogue = Shelf.full().catalogue();
    private final WebLab lab = WebLab.open(catalogue);
    private final JsonNode described =
            JsonMapper.shared().readTree(lab.get("/api/v1/openapi.json").body());

    @AfterEach
    void stop() {
        lab.close();
    }

    private Set<String> routes() {
        return lab.server().routes().stream()
                .filter(route -> !route.path().matches(ASSET))
                .map(OpenApiTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Route route) {
        return route.method().name().toLowerCase(Locale.ROOT) + " " + route.path();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionServed() {
        var names = new TreeSet<String>();
        for (var path : described.get("paths").properties()) {
            path.getValue()
                    .propertyNames()
                    .forEach(method -> names.add(method + " " + path.getKey()));
        }

        assertThat(described.get("openapi").stringValue()).startsWith("3.1");
        assertThat(names).isEqualTo(routes());
    }

    @Test
    void accessIsDescribedAsItIs() {
        for (Route route : lab.server().routes()) {
            if (route.path().matches(ASSET)) {
                continue;
            }
            var operation =
                    described
                            .get("paths")
                            .get(route.path())
                            .get(route.method().name().toLowerCase(Locale.ROOT));
            boolean isOpen = operation.get("security").isEmpty();
            boolean isAdmin = operation.get("security").toString().contains("adminKey");
            assertThat(isOpen).as(name(route)).isEqualTo(route.access() == Access.OPEN);
            assertThat(isAdmin).as(name(route)).isEqualTo(route.access() == Access.ADMIN);
        }
    }

    @Test
    void whatIsAnsweredIsDescribed() {
        var page = JsonMapper.shared().readTree(lab.get("/api/v1/search?facets=true").body());
        var crawl = JsonMapper.shared().readTree(lab.get("/api/v1/crawl").body());

        assertDescribed(page, "SearchPage");
        assertDescribed(page.get("hits").get(0), "Torrent");
        assertDescribed(page.get("facets").get(0), "Facet");
        assertDescribed(crawl, "Crawl");
        assertDescribed(crawl.get("now"), "Sample");
        assertDescribed(crawl.get("keyspace"), "Keyspace");
        assertDescribed(JsonMapper.shared().readTree(lab.get("/api/v1/stats").body()), "Stats");
    }

    private void assertDescribed(JsonNode object, String schema) {
        var known = described.at("/components/schemas/" + schema + "/properties").propertyNames();
        assertThat(known).as(schema).containsAll(object.propertyNames());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var reference =
                Pattern.compile("\"#(/components/schemas/\\w+)\"").matcher(described.toString());
        int count = 0;
        while (reference.find()) {
            count++;
            assertThat(described.at(reference.group(1)).isMissingNode())
                    .as(reference.group(1))
                    .isFalse();
        }

        assertThat(count).isPositive();
    }
}
