package dev.starling.crawler;

import dev.starling.dht.DhtEffect.LookupEnded;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupTrace;
import dev.starling.node.Dht;
import dev.starling.node.DurationConverter;
import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.NetworkOptions;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `starling crawl`: walks the keyspace by lookups of random targets, counts the nodes that answer
/// and estimates how many there are.
@Command(
        name = "crawl",
        description = "Walk the DHT: count the nodes that answer, estimate how many there are.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling crawl --duration 60s", "  starling crawl --bootstrap 10.0.0.7:6881"})
final class CrawlCommand implements Callable<Integer> {

    /// Addresses remembered at the most, a bound on memory; further ones are not counted.
    private static final int MAX_NODES = 5_000_000;

    /// A lookup takes seconds, even the first, which waits for bootstrap nodes.
    private static final Duration LOOKUP_PATIENCE = Duration.ofSeconds(60);

    private static final long REPORT_NANOS = 1_000_000_000;

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    private final SizeEstimate size = new SizeEstimate();
    private final Set<Endpoint> answered = new HashSet<>();

    @Override
    public Integer call() throws Failure, IOException, InterruptedException, ExecutionException {
        var output = options.output();
        long nanos = duration.toNanos();
        var random = new SecureRandom();
        long start = System.nanoTime();
        long nextReport = start + REPORT_NANOS;
        int lookups = 0;
        try (var dht = Dht.join(options, network, Dht.Role.VISITOR, told -> {})) {
            while (System.nanoTime() - start < nanos) {
                Id target = Id.random(random);
                long leftNanos = nanos - (System.nanoTime() - start);
                Optional<LookupEnded> ended = await(dht.service().findNode(target), leftNanos);
                if (lookups == 0 && ended.map(end -> end.closest().isEmpty()).orElse(true)) {
                    throw new Failure(
                            "no node has answered",
                            "Name a node that runs with --bootstrap HOST:PORT.");
                }
                if (ended.isPresent()) {
                    lookups++;
                    learn(target, ended.get());
                }
                if (System.nanoTime() >= nextReport) {
                    nextReport += REPORT_NANOS;
                    report(Event.of("progress"), lookups, output);
                }
            }
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - start);
        report(Event.of("summary").fraction("seconds", elapsed.toNanos() / 1e9), lookups, output);
        return 0;
    }

    /// Empty if it takes longer than is left, or than [#LOOKUP_PATIENCE].
    private static Optional<LookupEnded> await(Future<LookupEnded> lookup, long leftNanos)
            throws InterruptedException, ExecutionException {
        try {
            long nanos = Math.min(leftNanos, LOOKUP_PATIENCE.toNanos());
            return Optional.of(lookup.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    private void learn(Id target, LookupEnded ended) {
        size.add(target, ended.closest());
        for (LookupTrace.Step step : ended.trace().steps()) {
            if (step.answeredNanos() >= 0 && answered.size() < MAX_NODES) {
                answered.add(step.contact().endpoint());
            }
        }
        for (Contact contact : ended.closest()) {
            if (answered.size() < MAX_NODES) {
                answered.add(contact.endpoint());
            }
        }
    }

    private void report(Event event, int lookups, Output output) {
        long nodes = Math.round(size.nodes());
        output.event(
                event.number("lookups", lookups)
                        .number("nodesVisited", answered.size())
                        .number("sizeEstimate", nodes)
                        .number("sizeLow", Math.round(size.low()))
                        .number("sizeHigh", Math.round(size.high()))
                        .fraction("coverage", nodes == 0 ? 0 : (double) answered.size() / nodes));
        output.result(
                "%s, %s answered; about %d in all (%d to %d)"
                        .formatted(
                                Units.count(lookups, "lookup"),
                                Units.count(answered.size(), "node"),
                                nodes,
                                Math.round(size.low()),
                                Math.round(size.high())));
    }
}
