package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.AuditLine;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling catalogue audit`.
@Command(
        name = "audit",
        description = "Show who blocked and unblocked what, newest first.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling catalogue audit", "  starling catalogue audit --limit 1000 --json"})
final class AuditCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Lines at the most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        try (var opened = catalogue.in(options.data()).read()) {
            for (AuditLine line : opened.blocks().audit(limit)) {
                String action = line.action().name().toLowerCase(Locale.ROOT);
                output.event(
                        Event.of("audit")
                                .text("when", line.when().toString())
                                .text("action", action)
                                .text("rule", RuleText.write(line.rule()))
                                .number("torrents", line.torrents())
                                .text("who", line.note().who())
                                .text("why", line.note().why()));
                output.result(
                        "%s  %s  %s  %s  %s"
                                .formatted(
                                        line.when(),
                                        action,
                                        RuleText.write(line.rule()),
                                        Units.count(line.torrents(), "torrent"),
                                        Output.harmless(
                                                line.note().who() + " " + line.note().why())));
            }
        }
        return 0;
    }
}
