package dev.starling.crawler.web.torznab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.web.Shelf;
import dev.starling.crawler.web.WebLab;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// The requests as Sonarr and Prowlarr write them, and what they look at in the answers.
final class TorznabTest {

    private static final String KEY = "c0ffee1234567890";
    private static final String MAGNET_TYPE = "application/x-bittorrent;x-scheme-handler/magnet";

    private final WebLab lab = WebLab.locked(Shelf.full().catalogue(), KEY);

    @AfterEach
    void stop() {
        lab.close();
    }

    private Element ask(String query) {
        var answer = lab.get("/api?" + query + "&apikey=" + KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parse(answer);
    }

    private static Element parse(HttpResponse<String> answer) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            var source = new InputSource(new StringReader(answer.body()));
            return factory.newDocumentBuilder().parse(source).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static List<Element> all(Element root, String name) {
        List<Element> found = new ArrayList<>();
        var nodes = root.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static List<String> titles(Element root) {
        return all(root, "item").stream()
                .map(item -> all(item, "title").getFirst().getTextContent())
                .toList();
    }

    private static String attribute(Element item, String name) {
        return all(item, "torznab:attr").stream()
                .filter(attribute -> attribute.getAttribute("name").equals(name))
                .map(attribute -> attribute.getAttribute("value"))
                .reduce((_, last) -> last)
                .orElse("");
    }

    @Test
    void capabilitiesAreWhatSonarrAsksFor() {
        var caps = ask("t=caps");

        var limits = all(caps, "limits").getFirst();
        assertThat(limits.getAttribute("default")).isEqualTo("100");
        assertThat(limits.getAttribute("max")).isEqualTo("100");
        assertThat(all(caps, "search").getFirst().getAttribute("supportedParams")).isEqualTo("q");
        assertThat(all(caps, "tv-search").getFirst().getAttribute("supportedParams"))
                .isEqualTo("q,season,ep");
        assertThat(all(caps, "movie-search").getFirst().getAttribute("available")).isEqualTo("yes");
        assertThat(all(caps, "category").stream().map(it -> it.getAttribute("id")).toList())
                .contains("2000", "3000", "4000", "5000", "7000", "8000");
        assertThat(all(caps, "subcat").stream().map(it -> it.getAttribute("id")).toList())
                .contains("5030", "5040", "2040", "7020");
    }

    @Test
    void sonarrsTestFindsAResultInItsCategories() {
        var feed = ask("t=search&cat=5030,5040&extended=1&offset=0&limit=100");

        assertThat(titles(feed))
                .contains(
                        "Fictional.Show.S01E02.1080p.WEB",
                        "Fictional.Show.S01E03.720p",
                        "Daily.Chat.2026.11.22.480p")
                .doesNotContain("Imagined Film 1999 German 1080p", "Fictional.Show.S02.2160p");
    }

    @Test
    void anItemHasAllThatIsLookedAt() {
        var item =
                all(
                                ask(
                                        "t=tvsearch&cat=5030,5040&extended=1&offset=0&limit=100"
                                                + "&q=Fictional%20Show&season=1&ep=2"),
                                "item")
                        .getFirst();

        String infoHash = Shelf.id("Fictional.Show.S01E02.1080p.WEB").hex();
        var enclosure = all(item, "enclosure").getFirst();
        assertThat(enclosure.getAttribute("type")).isEqualTo(MAGNET_TYPE);
        assertThat(enclosure.getAttribute("url")).startsWith("magnet:?xt=urn:btih:" + infoHash);
        assertThat(attribute(item, "infohash")).isEqualTo(infoHash);
        assertThat(attribute(item, "magneturl")).isEqualTo(enclosure.getAttribute("url"));
        assertThat(attribute(item, "size"))
                .isEqualTo(enclosure.getAttribute("length"))
                .matches("\\d+");
        assertThat(attribute(item, "category")).isEqualTo("5040");
        assertThat(attribute(item, "seeders")).matches("\\d+");
        assertThat(attribute(item, "peers")).matches("\\d+");
        assertThat(all(item, "pubDate").getFirst().getTextContent())
                .matches("\\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(
                        item.getElementsByTagNameNS("http://torznab.com/schemas/2015/feed", "attr")
                                .getLength())
                .isGreaterThan(5);
    }

    @Test
    void seasonsEpisodesAndDaysNarrow() {
        assertThat(titles(ask("t=tvsearch&q=Fictional+Show&season=1"))).hasSize(2);
        assertThat(titles(ask("t=tvsearch&cat=5000&q=Fictional+Show&season=02")))
                .containsExactly("Fictional.Show.S02.2160p");
        assertThat(titles(ask("t=tvsearch&q=Fictional+Show&season=00"))).isEmpty();
        assertThat(titles(ask("t=tvsearch&cat=5030,5040&q=Daily+Chat&season=2026&ep=11/22")))
                .containsExactly("Daily.Chat.2026.11.22.480p");
        assertThat(titles(ask("t=tvsearch&q=Daily+Chat&season=2026&ep=11%2F23"))).isEmpty();
    }

    @Test
    void prowlarrFallsBackToWords() {
        var query =
                "t=search&q=Fictional+Show+S01E03&cat=5000,5030,5040,5045&extended=1&offset=0&limit=100";

        assertThat(titles(ask(query))).containsExactly("Fictional.Show.S01E03.720p");
        assertThat(titles(ask(query + "&minsize=30&maxsize=30"))).hasSize(1);
        assertThat(titles(ask(query + "&minsize=900000000000"))).isEmpty();
    }

    @Test
    void moviesMusicAndBooksHaveFunctionsOfTheirOwn() {
        assertThat(titles(ask("t=movie&q=Imagined+Film&year=1999&cat=2000,2040")))
                .containsExactly("Imagined Film 1999 German 1080p");
        assertThat(titles(ask("t=music&q=&artist=Quartet&cat=3040")))
                .containsExactly("Quartet in F (1987) FLAC");
        assertThat(titles(ask("t=book&title=Handbook&author=&cat=7020")))
                .containsExactly("Handbook of Starlings");
        assertThat(titles(ask("t=search&cat=7030"))).containsExactly("Comic Week 12");
    }

    @Test
    void pagesFollowOneAnother() {
        List<String> seen = new ArrayList<>();
        for (int offset = 0; offset < 300; offset += 100) {
            var feed = ask("t=search&cat=3000&extended=1&offset=" + offset + "&limit=100");
            seen.addAll(titles(feed));
        }

        assertThat(seen).hasSize(241).doesNotHaveDuplicates();
        assertThat(titles(ask("t=search&offset=100000"))).isEmpty();
        assertThat(titles(ask("t=search&limit=5000"))).hasSize(100);
    }

    @Test
    void withoutWordsTheNewestComeFirst() {
        var dates =
                all(ask("t=search&limit=20"), "pubDate").stream()
                        .map(Element::getTextContent)
                        .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                        .map(Instant::from)
                        .toList();

        assertThat(dates).hasSize(20).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void whatAsksByAnIdThatWeDoNotKnowFindsNothing() {
        assertThat(titles(ask("t=tvsearch&tvdbid=12345&season=1&cat=5040"))).isEmpty();
        assertThat(titles(ask("t=search&cat=6000"))).isEmpty();
    }

    @Test
    void operatorsInATitleAreNone() {
        assertThat(titles(ask("t=search&q=Quartet+-+%22in+F*+-Flac"))).hasSize(1);
    }

    @Test
    void errorsHaveCodes() {
        var noKey = lab.get("/api?t=caps");
        assertThat(noKey.statusCode()).isEqualTo(401);
        assertThat(parse(noKey).getTagName()).isEqualTo("error");
        assertThat(parse(noKey).getAttribute("code")).isEqualTo("100");

        for (var wrong :
                List.of(
                        List.of("x=1", "200"),
                        List.of("t=tvsearch&season=one", "201"),
                        List.of("t=search&cat=tv", "201"),
                        List.of("t=nonsense", "202"))) {
            var answer = lab.get("/api?" + wrong.getFirst() + "&apikey=" + KEY);
            assertThat(parse(answer).getAttribute("code")).isEqualTo(wrong.getLast());
            assertThat(parse(answer).getAttribute("description")).isNotEmpty();
        }
    }

    @Test
    void aHostileNameIsWellFormedText() {
        var feed = ask("t=search&q=alert");

        assertThat(titles(feed)).containsExactly(Shelf.HOSTILE);
    }

    @Test
    void readersGetAFeedOfAnySearch() {
        var answer = lab.get("/rss?type=books&order=newest&apikey=" + KEY);

        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/rss+xml");
        assertThat(titles(parse(answer)))
                .containsExactlyInAnyOrder("Handbook of Starlings", "Comic Week 12");
    }
}
