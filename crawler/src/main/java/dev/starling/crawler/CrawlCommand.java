package dev.starling.crawler;

import dev.starling.crawler.catalogue.command.CatalogueOptions;
import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.crawler.web.CrawlServer;
import dev.starling.crawler.web.WebOptions;
import dev.starling.node.CountConverter;
import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Interrupt;
import dev.starling.node.NetworkOptions;
import dev.starling.node.Output;
import dev.starling.node.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling crawl`: maps the DHT's swarms until it is stopped.
@Command(
        name = "crawl",
        description = "Walk the DHT, find its torrents, catalogue them, estimate its size.",
        mixinStandardHelpOptions = true,
        subcommands = {PauseCommand.class, ResumeCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling crawl                                   until Ctrl-C; can go on",
            "  starling crawl --duration 60s --json",
            "  starling crawl --bootstrap 10.0.0.7:6881 --once  a private network, once",
            "  starling crawl --slice 3/16 --avoid leave-alone.txt",
            "  starling crawl --web 8080                        with pages to search",
            "  starling crawl pause                             until starling crawl resume"
        })
final class CrawlCommand implements Callable<Integer> {

    private static final long MEGABYTE = 1_000_000;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    /// With `--once`, fetches that began late get so long after the sweep.
    private static final double QUIET_SECONDS = 10;

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;
    @Mixin private CatalogueOptions catalogued;
    @Mixin private CrawlOptions own;
    @Mixin private WebOptions web;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long (default: until stopped).")
    private Optional<Duration> duration = Optional.empty();

    @Option(names = "--once", description = "Stop after one sweep over the whole keyspace.")
    private boolean isOnce;

    @Option(
            names = "--disk-budget",
            paramLabel = "MB",
            converter = CountConverter.class,
            description =
                    "Megabytes for the catalogue; beyond, the torrents with the fewest seeds go"
                            + " (default: no bound).")
    private Optional<Integer> diskBudgetMegabytes = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        var report = new CrawlReport(output);
        var folder = options.data().resolve("crawl");
        try (var interrupt = Interrupt.watch();
                var crawl =
                        CrawlService.start(
                                own.service(network),
                                folder,
                                () -> catalogued.in(options.data()).open(diskBudget()),
                                report::found);
                var _ =
                        closing(
                                web.serve(
                                        crawl.catalogue(),
                                        Optional.of(crawl.watch()),
                                        options.data(),
                                        output))) {
            output.event(
                    Event.of("ready")
                            .texts(
                                    "addresses",
                                    crawl.addresses().stream().map(Object::toString).toList()));
            return run(crawl, report, interrupt, output);
        }
    }

    private int run(CrawlService crawl, CrawlReport report, Interrupt interrupt, Output output)
            throws Failure, InterruptedException {
        var watch = Stopwatch.sinceNow();
        double quietSince = 0;
        boolean isStopped = false;
        while (!isStopped && !isOver(watch) && !crawl.isBroken()) {
            isStopped = interrupt.await(REPORT_EVERY);
            var stats = crawl.stats();
            if (stats.isPresent()) {
                report.progress(stats.get(), watch.seconds());
                crawl.watch().at(stats.get(), report.catalogued());
                if (!isQuiet(stats.get())) {
                    quietSince = watch.seconds();
                } else if (isOnce && watch.seconds() - quietSince > QUIET_SECONDS) {
                    break;
                }
            }
        }
        crawl.stats().ifPresent(stats -> report.summary(stats, watch.seconds()));
        if (crawl.isBroken()) {
            throw new Failure("the crawl has stopped", "The log says why: -v.");
        }
        if (!isStopped && report.hasHeardNobody()) {
            throw new Failure(
                    "no node has answered", "Name a node that runs with --bootstrap HOST:PORT.");
        }
        if (isStopped) {
            output.progress("stopping; the next crawl with this --data goes on from here");
        }
        return isStopped ? Interrupt.STATUS : 0;
    }

    /// Closes the server, if there is one.
    private static Closing closing(Optional<CrawlServer> server) {
        return () -> server.ifPresent(CrawlServer::close);
    }

    /// Something to be closed without further ado.
    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    private long diskBudget() {
        return diskBudgetMegabytes
                .map(megabytes -> megabytes * MEGABYTE)
                .orElse(EmbeddedSettings.UNBOUNDED);
    }

    private boolean isOver(Stopwatch watch) {
        return duration.map(limit -> watch.elapsed().compareTo(limit) >= 0).orElse(false);
    }

    /// Whether one sweep is over and what it found has been followed up.
    private static boolean isQuiet(CrawlService.Stats stats) {
        return stats.walk().sweeps() > 0
                && stats.fetch().underWay() == 0
                && stats.fetch().waiting() == 0
                && stats.notes() == 0;
    }
}
