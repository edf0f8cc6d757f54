package dev.starling.crawler.catalogue.command;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Units;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `starling catalogue stats`.
@Command(
        name = "stats",
        description = "Say how much the catalogue holds.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling catalogue stats", "  starling catalogue stats --json"})
final class StatsCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        try (var opened = catalogue.in(options.data()).read()) {
            var stats = opened.stats();
            output.event(
                    Event.of("stats")
                            .number("torrents", stats.torrents())
                            .number("hidden", stats.hidden())
                            .number("refused", stats.refused())
                            .number("diskBytes", stats.diskBytes()));
            output.result(
                    "%s, %d more hidden by blocks, %d refused as private, %s on disk"
                            .formatted(
                                    Units.count(stats.torrents(), "torrent"),
                                    stats.hidden(),
                                    stats.refused(),
                                    Units.bytes(stats.diskBytes())));
        }
        return 0;
    }
}
