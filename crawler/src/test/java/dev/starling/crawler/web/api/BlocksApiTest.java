package dev.starling.crawler.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.web.Shelf;
import dev.starling.crawler.web.WebLab;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BlocksApiTest {

    private static final String JSON = "application/json";

    private final WebLab lab = WebLab.open(Shelf.full().catalogue());

    @AfterEach
    void stop() {
        lab.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private long found(String words) {
        return json(lab.get("/api/v1/search?q=" + words)).get("total").longValue();
    }

    private JsonNode admin(String path) {
        return json(lab.get(path, "X-Api-Key", lab.server().keys().admin()));
    }

    @Test
    void aDryRunOnlyTells() {
        var told =
                json(lab.administer("/api/v1/blocks", "{\"word\":\"fictional\",\"dryRun\":true}"));

        assertThat(told.get("torrents").intValue()).isEqualTo(3);
        assertThat(told.get("examples")).hasSize(3);
        assertThat(found("fictional")).isEqualTo(3);
    }

    @Test
    void aBlockHidesAndLiftingItBringsBack() {
        String block = "{\"word\":\"fictional\",\"who\":\"ann\",\"why\":\"asked to\"}";

        assertThat(json(lab.administer("/api/v1/blocks", block)).get("torrents").intValue())
                .isEqualTo(3);
        assertThat(found("fictional")).isZero();
        assertThat(admin("/api/v1/blocks").get("blocks").get(0).get("why").stringValue())
                .isEqualTo("asked to");

        assertThat(json(lab.administer("/api/v1/blocks/lift", block)).get("torrents").intValue())
                .isEqualTo(3);
        assertThat(found("fictional")).isEqualTo(3);
        var lines = admin("/api/v1/blocks/audit").get("lines");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("action").stringValue()).isEqualTo("lifted");
    }

    @Test
    void hashesAndRulesBlockToo() {
        String infoHash = Shelf.id("Comic Week 12").hex();
        lab.administer("/api/v1/blocks", "{\"infoHash\":\"" + infoHash + "\",\"why\":\"x\"}");
        lab.administer(
                "/api/v1/blocks",
                "{\"query\":\"quartet\",\"types\":[\"audio\"],\"extensions\":[\"flac\"],"
                        + "\"minSize\":1,\"why\":\"x\"}");

        assertThat(found("comic")).isZero();
        assertThat(found("quartet")).isZero();
        assertThat(lab.get("/api/v1/torrents/" + infoHash).statusCode()).isEqualTo(404);
        assertThat(admin("/api/v1/blocks").get("blocks")).hasSize(2);
    }

    @Test
    void aRuleAsItIsListedLiftsItsBlock() {
        lab.administer("/api/v1/blocks", "{\"rule\":\"rule:film year:1999\",\"why\":\"x\"}");
        assertThat(found("imagined")).isZero();
        var rule = admin("/api/v1/blocks").get("blocks").get(0).get("rule");

        lab.administer("/api/v1/blocks/lift", "{\"rule\":" + rule + ",\"why\":\"x\"}");

        assertThat(found("imagined")).isOne();
    }

    @Test
    void onlyTheAdminKeyChangesAnything() {
        String block = "{\"word\":\"fictional\",\"why\":\"x\"}";

        assertThat(lab.post("/api/v1/blocks", block, "Content-Type", JSON).statusCode())
                .isEqualTo(401);
        assertThat(
                        lab.post(
                                        "/api/v1/blocks",
                                        block,
                                        "Content-Type",
                                        JSON,
                                        "X-Api-Key",
                                        lab.server().keys().read())
                                .statusCode())
                .isEqualTo(401);
        String inAddress = "/api/v1/blocks?apikey=" + lab.server().keys().admin();
        assertThat(lab.post(inAddress, block, "Content-Type", JSON).statusCode()).isEqualTo(401);
        assertThat(found("fictional")).isEqualTo(3);
    }

    @Test
    void aFormOfAnotherSiteIsNotTaken() {
        var key = lab.server().keys().admin();
        String block = "{\"word\":\"fictional\",\"why\":\"x\"}";

        assertThat(
                        lab.post(
                                        "/api/v1/blocks",
                                        block,
                                        "Content-Type",
                                        "text/plain",
                                        "X-Api-Key",
                                        key)
                                .statusCode())
                .isEqualTo(415);
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        for (String wrong :
                List.of(
                        "{}",
                        "[]",
                        "{",
                        "{\"word\":\"a\",\"infoHash\":\"b\",\"why\":\"x\"}",
                        "{\"infoHash\":\"xyz\",\"why\":\"x\"}",
                        "{\"word\":\"...\",\"why\":\"x\"}",
                        "{\"word\":7,\"why\":\"x\"}",
                        "{\"word\":\"fictional\"}",
                        "{\"rule\":\"nonsense\",\"why\":\"x\"}",
                        "{\"query\":\"\",\"why\":\"x\"}",
                        "{\"types\":[\"films\"],\"why\":\"x\"}")) {
            assertThat(lab.administer("/api/v1/blocks", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(admin("/api/v1/blocks").get("blocks")).isEmpty();
    }
}
