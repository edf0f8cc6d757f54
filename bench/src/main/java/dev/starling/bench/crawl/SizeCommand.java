package dev.starling.bench.crawl;

import dev.starling.crawler.paper.PaperConduct;
import dev.starling.crawler.paper.PaperCrawl;
import dev.starling.crawler.paper.PaperNetwork;
import dev.starling.crawler.paper.PaperTorrents;
import dev.starling.crawler.walk.AddressRules;
import dev.starling.crawler.walk.CrawlMachine;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.Slice;
import dev.starling.id.Id;
import dev.starling.node.Event;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Output;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling bench size`: how near the crawl's estimate of the network's size comes to the truth.
@Command(
        name = "size",
        description = "Crawl networks of known size on virtual time, compare the estimates.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench size --nodes 10000 --seeds 20",
            "  starling bench size --nodes 1000000 --seeds 2 --first-seed 7",
            "",
            "Each network is swept once. The same seed gives the same network and estimate."
        })
public final class SizeCommand implements Callable<Integer> {

    private static final long INTERVAL_SECONDS = 3_600;

    @Mixin private GlobalOptions options;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "10000",
            description = "That live (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Networks, one for each seed (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "(default: ${DEFAULT-VALUE}).")
    private long firstSeed;

    @Option(
            names = "--stale",
            paramLabel = "SHARE",
            defaultValue = "0.15",
            description = "Of all contacts, those that are dead (default: ${DEFAULT-VALUE}).")
    private double stale;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Of packets, each way (default: ${DEFAULT-VALUE}).")
    private double loss;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Queries a second, of virtual time (default: ${DEFAULT-VALUE}).")
    private int queriesPerSecond;

    @Override
    public Integer call() {
        var output = options.output();
        int held = 0;
        double worst = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            var stats = sweep(seed);
            double off = stats.size().nodes() / nodes - 1;
            boolean isHeld = stats.size().low() <= nodes && nodes <= stats.size().high();
            held += isHeld ? 1 : 0;
            worst = Math.max(worst, Math.abs(off));
            tell(seed, stats, off, isHeld, output);
        }
        output.event(
                Event.of("summary")
                        .number("nodes", nodes)
                        .number("seeds", seeds)
                        .number("held", held)
                        .fraction("worstError", worst));
        output.result(
                "%,d nodes: the interval holds the truth in %d of %d networks, the estimate is at most"
                                .formatted(nodes, held, seeds)
                        + " %.3f %% off".formatted(worst * 100));
        return 0;
    }

    private CrawlStats sweep(long seed) {
        var network = new PaperNetwork(seed, nodes, stale, PaperNetwork.Place.LOOPBACK);
        var torrents = new PaperTorrents(network, seed);
        var terms = new PaperCrawl.Terms(loss, INTERVAL_SECONDS, PaperConduct.HONEST, true);
        var crawl = new PaperCrawl(network, torrents, terms, new PaperCrawl.Watch() {}, seed);
        var ids = List.of(Id.random(new SplittableRandom(seed + 2)));
        var rules = new AddressRules(false, true, List.of());
        var settings =
                new CrawlMachine.Settings(
                        ids, Slice.WHOLE, rules, true, true, false, queriesPerSecond, 0);
        return crawl.begin(settings, Optional.empty()).sweep();
    }

    private void tell(long seed, CrawlStats stats, double off, boolean isHeld, Output output) {
        var size = stats.size();
        output.event(
                Event.of("estimate")
                        .number("seed", seed)
                        .number("nodes", nodes)
                        .number("estimate", Math.round(size.nodes()))
                        .number("low", Math.round(size.low()))
                        .number("high", Math.round(size.high()))
                        .fraction("error", off)
                        .flag("isHeld", isHeld)
                        .number("visited", stats.nodesVisited())
                        .number("queries", stats.queries()));
        output.progress(
                "seed %d: %,.0f (%,.0f to %,.0f), %+.3f %%; %,d visited with %,d queries"
                        .formatted(
                                seed,
                                size.nodes(),
                                size.low(),
                                size.high(),
                                off * 100,
                                stats.nodesVisited(),
                                stats.queries()));
    }
}
