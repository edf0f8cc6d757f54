package dev.starling.crawler.web.api;

import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import dev.starling.node.Event;
import java.io.IOException;
import java.util.List;

/// The operator's controls: what is hidden, what would be, who hid it and why. All of it takes the
/// admin key.
public final class BlocksApi {

    /// What a dry run shows.
    private static final int EXAMPLES = 20;

    private static final int MAX_AUDIT_LINES = 1_000;

    private final Blocks blocks;

    public BlocksApi(Blocks blocks) {
        this.blocks = blocks;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/blocks", Access.ADMIN, this::all),
                Route.get("/api/v1/blocks/audit", Access.ADMIN, this::audit),
                Route.post("/api/v1/blocks", Access.ADMIN, this::add),
                Route.post("/api/v1/blocks/lift", Access.ADMIN, this::lift));
    }

    private WebAnswer all(WebRequest request) throws IOException {
        var all = blocks.all().stream().map(BlockJson::block).toList();
        return WebAnswer.json(Event.part().parts("blocks", all));
    }

    private WebAnswer audit(WebRequest request) throws Refused, IOException {
        int limit = (int) Math.min(request.number("limit").orElse(100L), MAX_AUDIT_LINES);
        var lines = blocks.audit(limit).stream().map(BlockJson::audit).toList();
        return WebAnswer.json(Event.part().parts("lines", lines));
    }

    private WebAnswer add(WebRequest request) throws Refused, IOException {
        var body = JsonBody.read(request);
        var rule = BlockJson.rule(body);
        return body.flag("dryRun")
                ? preview(blocks.preview(rule, EXAMPLES))
                : changed(blocks.add(rule, BlockJson.note(body)));
    }

    private WebAnswer lift(WebRequest request) throws Refused, IOException {
        var body = JsonBody.read(request);
        var rule = BlockJson.rule(body);
        return body.flag("dryRun")
                ? preview(blocks.previewLift(rule, EXAMPLES))
                : changed(blocks.lift(rule, BlockJson.note(body)));
    }

    private static WebAnswer changed(long torrents) {
        return WebAnswer.json(Event.part().number("torrents", torrents).flag("dryRun", false));
    }

    private static WebAnswer preview(Blocks.Preview preview) {
        var examples =
                preview.examples().stream()
                        .map(entry ->
                                Event.part()
                                        .text("infoHash", entry.infoHash().hex())
                                        .text("name", entry.name()))
                        .toList();
        return WebAnswer.json(
                Event.part()
                        .number("torrents", preview.torrents())
                        .flag("dryRun", true)
                        .parts("examples", examples));
    }
}
