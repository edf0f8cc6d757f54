package dev.starling.crawler.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import dev.starling.crawler.web.Shelf;
import dev.starling.crawler.web.WebLab;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CatalogueApiTest {

    private final WebLab lab = WebLab.open(Shelf.full().catalogue());

    @AfterEach
    void stop() {
        lab.close();
    }

    private JsonNode ask(String path) {
        return JsonMapper.shared().readTree(lab.get(path).body());
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.get("hits").forEach(hit -> names.add(hit.get("name").stringValue()));
        return names;
    }

    @Test
    void wordsFindTorrentsWithAllThatIsKnown() {
        var hit = ask("/api/v1/search?q=fictional+s01e02").get("hits").get(0);

        assertThat(hit.get("name").stringValue()).isEqualTo("Fictional.Show.S01E02.1080p.WEB");
        assertThat(hit.get("type").stringValue()).isEqualTo("video");
        assertThat(hit.get("season").intValue()).isEqualTo(1);
        assertThat(hit.get("episode").intValue()).isEqualTo(2);
        assertThat(hit.get("resolution").stringValue()).isEqualTo("1080p");
        assertThat(hit.get("magnet").stringValue())
                .startsWith("magnet:?xt=urn:btih:" + hit.get("infoHash").stringValue());
    }

    @Test
    void filtersNarrow() {
        assertThat(names(ask("/api/v1/search?type=books&order=smallest")))
                .containsExactlyInAnyOrder("Handbook of Starlings", "Comic Week 12");
        assertThat(names(ask("/api/v1/search?extension=flac")))
                .containsExactly("Quartet in F (1987) FLAC");
        assertThat(names(ask("/api/v1/search?resolution=2160p")))
                .containsExactly("Fictional.Show.S02.2160p");
        assertThat(names(ask("/api/v1/search?year=1999&language=de")))
                .containsExactly("Imagined Film 1999 German 1080p");
        assertThat(ask("/api/v1/search?minSize=100000000000").get("total").intValue()).isZero();
    }

    @Test
    void pagesFollowOneAnother() {
        var first = names(ask("/api/v1/search?q=collection&order=newest&limit=10"));
        var second = names(ask("/api/v1/search?q=collection&order=newest&limit=10&offset=10"));

        assertThat(first).hasSize(10).doesNotContainAnyElementsOf(second);
        assertThat(second).hasSize(10);
    }

    @Test
    void facetsCountTheMatches() {
        var facets = ask("/api/v1/search?q=fictional&facets=true").get("facets");

        assertThat(facets.get(0).get("property").stringValue()).isEqualTo("type");
        assertThat(facets.get(0).get("values").get(0).get("value").stringValue())
                .isEqualTo("video");
        assertThat(facets.get(0).get("values").get(0).get("count").intValue()).isEqualTo(3);
        assertThat(ask("/api/v1/search?q=fictional").get("facets")).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        for (String wrong :
                List.of(
                        "type=films",
                        "order=best",
                        "limit=-1",
                        "offset=x",
                        "offset=9001",
                        "minSize=1e9")) {
            var answer = lab.get("/api/v1/search?" + wrong);

            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body()).contains(wrong.substring(0, wrong.indexOf('=')), "expected");
        }
    }

    @Test
    void aTorrentComesWithFilesAndHistory() {
        var id = Shelf.id("Imagined Film 1999 German 1080p");
        var torrent = ask("/api/v1/torrents/" + id.hex());

        assertThat(torrent.get("fileList")).hasSize(2);
        assertThat(torrent.get("fileList").get(1).get("path").stringValue())
                .isEqualTo("subs/de.srt");
        assertThat(torrent.get("history").size()).isIn(0, 40);
        assertThat(torrent.get("pieceLengthBytes").intValue()).isEqualTo(1 << 20);
    }

    @Test
    void aHostileNameStaysText() {
        var answer = lab.get("/api/v1/torrents/" + Shelf.id(Shelf.HOSTILE).hex());

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JsonMapper.shared().readTree(answer.body()).get("name").stringValue())
                .isEqualTo(Shelf.HOSTILE);
        assertThat(JsonMapper.shared().readTree(answer.body()).get("magnet").stringValue())
                .doesNotContain("<", "\"", "&amp");
    }

    @Test
    void unknownTorrentsAreNotFound() {
        assertThat(lab.get("/api/v1/torrents/" + "0".repeat(40)).statusCode()).isEqualTo(404);
        assertThat(lab.get("/api/v1/torrents/xyz").statusCode()).isEqualTo(400);
    }

    @Test
    void theCodeReadsAsTheMagnetLink() throws ChecksumException, FormatException {
        var id = Shelf.id("Comic Week 12");
        var answer = lab.get("/api/v1/torrents/" + id.hex() + "/qr.svg");

        assertThat(answer.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(new Decoder().decode(modules(answer.body())).getText())
                .isEqualTo("magnet:?xt=urn:btih:" + id.hex());
    }

    /// The dark squares of the picture, without its border.
    private static BitMatrix modules(String svg) {
        int border = 4;
        var box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(box.find()).isTrue();
        var matrix = new BitMatrix(Integer.parseInt(box.group(1)) - 2 * border);
        var square = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (square.find()) {
            int x = Integer.parseInt(square.group(1)) - border;
            matrix.set(x, Integer.parseInt(square.group(2)) - border);
        }
        return matrix;
    }
}
