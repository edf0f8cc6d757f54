package dev.starling.node;

import dev.starling.dht.AddressFilter;
import dev.starling.dht.DhtEffect.Scraped;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht scrape`: how large a swarm is.
@Command(
        name = "scrape",
        description = "Count the peers and seeds of an infohash without joining them.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht scrape 0123456789abcdef0123456789abcdef01234567",
            "",
            "The count is an estimate from bloom filters that several nodes send (BEP 33)."
        })
final class DhtScrapeCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "INFOHASH|MAGNET",
            converter = SourceConverter.class,
            description = "Which swarm.")
    private String what;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--trace", description = "Show every query of the lookup.")
    private boolean isTraced;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        Id infoHash = TorrentSource.read(what).infoHash();
        try (var dht = Dht.join(options, network, Dht.Role.VISITOR, told -> {})) {
            print(
                    Waiting.forResult(
                            dht.service().scrape(infoHash), "the scrape", timeout, network),
                    output);
            return 0;
        }
    }

    private void print(Scraped scraped, Output output) throws Failure {
        if (isTraced) {
            TraceTable.print(scraped.trace(), output);
        }
        if (scraped.outcome() == Outcome.NO_CONTACTS) {
            throw Waiting.nobodyAnswered(network);
        }
        output.event(
                Event.of("scrape")
                        .number("nodes", scraped.nodes())
                        .fraction("peers", scraped.peers().estimate())
                        .fraction("peersError", scraped.peers().standardError())
                        .fraction("seeds", scraped.seeds().estimate())
                        .fraction("seedsError", scraped.seeds().standardError()));
        output.result(
                count(scraped.peers(), "peer")
                        + " and "
                        + count(scraped.seeds(), "seed")
                        + ", by "
                        + Units.count(scraped.nodes(), "node"));
    }

    private static String count(AddressFilter filter, String noun) {
        long estimate = Math.round(filter.estimate());
        double error = filter.standardError();
        return Units.count(estimate, noun)
                + (error < 0.5 ? "" : String.format(Locale.ROOT, " (give or take %.0f)", error));
    }
}
