package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.AuditLine.Action;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.crawler.catalogue.embedded.BlockRequests;
import dev.starling.crawler.catalogue.embedded.CatalogueInUseException;
import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One change of the blocks that a person asked for, or its dry run.
final class BlockChange {

    /// Torrents that a dry run names.
    private static final int EXAMPLES = 20;

    private final Catalogues catalogues;
    private final Output output;
    private final Action action;

    BlockChange(Catalogues catalogues, Output output, Action action) {
        this.catalogues = catalogues;
        this.output = output;
        this.action = action;
    }

    /// Says what the change would do; changes nothing.
    void dryRun(BlockRule rule) throws Failure, IOException {
        try (var catalogue = catalogues.read()) {
            require(rule, catalogue.blocks());
            var preview =
                    switch (action) {
                        case ADDED -> catalogue.blocks().preview(rule, EXAMPLES);
                        case LIFTED -> catalogue.blocks().previewLift(rule, EXAMPLES);
                    };
            List<Event> examples = new ArrayList<>();
            for (CatalogueEntry entry : preview.examples()) {
                examples.add(
                        Event.part()
                                .text("infoHash", entry.infoHash().hex())
                                .text("name", entry.name()));
                output.result("  " + entry.infoHash() + "  " + Output.harmless(entry.name()));
            }
            output.event(
                    Event.of("preview")
                            .text("rule", RuleText.write(rule))
                            .number("torrents", preview.torrents())
                            .parts("examples", examples));
            String verb = action == Action.ADDED ? "would hide " : "would bring back ";
            output.result(
                    RuleText.write(rule) + " " + verb + Units.count(preview.torrents(), "torrent"));
        }
    }

    void make(BlockRule rule, String why) throws Failure, IOException, InterruptedException {
        if (action == Action.LIFTED) {
            try (var catalogue = catalogues.read()) {
                require(rule, catalogue.blocks());
            }
        }
        var note = new Blocks.Note(System.getProperty("user.name", "unknown"), why);
        long changed = change(rule, note);
        output.event(
                Event.of("blocks")
                        .text("action", action.name().toLowerCase(Locale.ROOT))
                        .text("rule", RuleText.write(rule))
                        .number("torrents", changed));
        String verb = action == Action.ADDED ? " hides " : " no longer hides ";
        output.result(RuleText.write(rule) + verb + Units.count(changed, "torrent"));
    }

    /// Only a block that is there can be lifted.
    private void require(BlockRule rule, Blocks blocks) throws Failure, IOException {
        if (action == Action.LIFTED
                && blocks.all().stream().noneMatch(block -> block.rule().equals(rule))) {
            throw new Failure(
                    "there is no such block: " + RuleText.write(rule),
                    "starling catalogue blocks lists those in force, as they are to be named.");
        }
    }

    private long change(BlockRule rule, Blocks.Note note)
            throws Failure, IOException, InterruptedException {
        try (var catalogue = catalogues.openOrThrow(EmbeddedSettings.UNBOUNDED)) {
            return switch (action) {
                case ADDED -> catalogue.blocks().add(rule, note);
                case LIFTED -> catalogue.blocks().lift(rule, note);
            };
        } catch (CatalogueInUseException e) {
            return new BlockRequests(catalogues.folder())
                    .ask(action, rule, note)
                    .orElseThrow(() ->
                            new Failure(
                                    "the process that has the catalogue does not answer",
                                    "Stop it, or try again: nothing was changed.",
                                    e));
        }
    }
}
