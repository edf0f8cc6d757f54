package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.Block;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `starling catalogue blocks`.
@Command(
        name = "blocks",
        description = "List the blocks in force.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling catalogue blocks", "  starling catalogue blocks --json"})
final class BlocksCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        try (var opened = catalogue.in(options.data()).read()) {
            var blocks = opened.blocks().all();
            for (Block block : blocks) {
                output.event(
                        Event.of("block")
                                .text("rule", RuleText.write(block.rule()))
                                .text("since", block.since().toString())
                                .text("who", block.note().who())
                                .text("why", block.note().why()));
                output.result(
                        "%s  %s  %s"
                                .formatted(
                                        block.since(),
                                        RuleText.write(block.rule()),
                                        Output.harmless(
                                                block.note().who() + " " + block.note().why())));
            }
            output.progress(Units.count(blocks.size(), "block"));
        }
        return 0;
    }
}
