package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.crawler.web.WebOptions;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Interrupt;
import dev.starling.node.monitor.HttpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `starling catalogue serve`.
@Command(
        name = "serve",
        description = "Serve the catalogue as a web page, Torznab and JSON, without crawling.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue serve",
            "  starling catalogue serve --web 0.0.0.0:8080 --web-name torrents.example.org"
        })
final class ServeCommand implements Callable<Integer> {

    private static final HttpAddress DEFAULT = new HttpAddress(HttpAddress.DEFAULT_HOST, 8080);

    /// A hundred years.
    private static final Duration FOREVER = Duration.ofDays(36_500);

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;
    @Mixin private WebOptions web;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        var catalogues = catalogue.in(options.data());
        if (!catalogues.isCluster() && !Files.isDirectory(catalogues.folder())) {
            throw new Failure(
                    "there is no catalogue in " + catalogues.folder(),
                    "starling crawl makes one and, with --web, serves it.");
        }
        try (var interrupt = Interrupt.watch();
                var opened = catalogues.open(EmbeddedSettings.UNBOUNDED);
                var _ = web.serve(DEFAULT, opened, options.data(), output)) {
            interrupt.await(FOREVER);
        }
        return Interrupt.STATUS;
    }
}
