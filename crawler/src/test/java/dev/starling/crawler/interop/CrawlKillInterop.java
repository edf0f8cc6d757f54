package dev.starling.crawler.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.classify.Rules;
import dev.starling.crawler.catalogue.embedded.EmbeddedCatalogue;
import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.crawler.paper.PaperNetwork;
import dev.starling.crawler.paper.PaperTorrents;
import dev.starling.crawler.state.CrawlStore;
import dev.starling.crawler.walk.NodeRow;
import dev.starling.crawler.walk.Zone;
import dev.starling.id.Id;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `starling crawl`, killed with `kill -9` again and again in the midst of its work, and paused.
final class CrawlKillInterop {

    private static final int SEED = 5;
    private static final int NODES = 250;
    private static final int TORRENTS = 400;
    private static final int KILLS = 4;

    /// Metadata served in one run before it is killed: at least, and how many more by lot.
    private static final int SERVED_BEFORE = 10;

    private static final int SERVED_MORE = 50;

    /// However slow the machine: what is waited for comes.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private final PaperNetwork network =
            new PaperNetwork(SEED, NODES, 0, PaperNetwork.Place.LOOPBACK);
    private final PaperTorrents torrents = new PaperTorrents(network, SEED);
    private LoopbackSeeder seeder;
    private LoopbackNodes nodes;

    @BeforeEach
    void start() throws IOException {
        seeder = new LoopbackSeeder(TORRENTS);
        seeder.infoHashes().forEach(hash -> torrents.add(hash, List.of(seeder.endpoint())));
        nodes = new LoopbackNodes(network, torrents);
    }

    @AfterEach
    void stop() throws IOException {
        nodes.close();
        seeder.close();
    }

    @Test
    void aKilledCrawlLosesNothingAndRepeatsNothingButWhatWasUnderWay()
            throws IOException, InterruptedException {
        var random = new SplittableRandom(SEED);
        Set<Id> catalogued = Set.of();
        Map<Integer, Integer> allowed = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = seeder.everServed().size() + SERVED_BEFORE + random.nextInt(SERVED_MORE);
            var crawl = crawl();
            await(() -> seeder.everServed().size() >= enough, crawl);
            crawl.kill();

            assertNothingWasFetchedAgain(catalogued);
            assertNobodyWasAskedTooOften(allowed);
            var found = catalogued();
            var wanted = wanted();
            assertThat(found).as("after kill %d", kill + 1).containsAll(catalogued);
            assertThat(seeder.everServed())
                    .as("served, so catalogued or still wanted")
                    .allMatch(hash -> found.contains(hash) || wanted.contains(hash));
            catalogued = found;
            allowed = samplesAllowed();
        }

        var crawl = crawl();
        await(() -> seeder.everServed().size() == TORRENTS, crawl);
        crawl.terminate();

        assertThat(catalogued).hasSizeBetween(1, TORRENTS - 1);
        assertNothingWasFetchedAgain(catalogued);
        assertNobodyWasAskedTooOften(allowed);
        assertThat(catalogued()).containsAll(catalogued);
    }

    private void assertNothingWasFetchedAgain(Set<Id> catalogued)
            throws IOException, InterruptedException {
        assertThat(seeder.takeAsked()).as("fetched again").noneMatch(catalogued::contains);
    }

    private void assertNobodyWasAskedTooOften(Map<Integer, Integer> allowed) {
        nodes.samples()
                .forEach((node, count) ->
                        assertThat(count)
                                .as("questions for infohashes to node %d", node)
                                .isLessThanOrEqualTo(allowed.getOrDefault(node, 1)));
    }

    /// How often each node may have been asked by the end of the next run: once more only if it is
    /// not written down that it has been asked.
    private Map<Integer, Integer> samplesAllowed() throws IOException {
        var asked = nodes.samples();
        var allowed = new HashMap<>(asked);
        try (var store = CrawlStore.open(data().resolve("crawl"))) {
            long now = Instant.now().getEpochSecond();
            Set<Id> left =
                    store.nodes(new Zone(0, 0)).stream()
                            .filter(row -> row.sampleDueSeconds() > now)
                            .map(NodeRow::contact)
                            .map(contact -> contact.id())
                            .collect(Collectors.toSet());
            allowed.replaceAll(
                    (node, count) -> left.contains(network.id(node)) ? count : count + 1);
        }
        return allowed;
    }

    private Set<Id> wanted() throws IOException {
        var wanted = new HashSet<Id>();
        try (var store = CrawlStore.open(data().resolve("crawl"))) {
            store.wanted(
                    new Zone(0, 0),
                    (infoHash, _) -> {
                        wanted.add(infoHash);
                        return true;
                    });
        }
        return wanted;
    }

    private Set<Id> catalogued() throws IOException {
        var settings = EmbeddedSettings.of(Rules.standard());
        try (var catalogue = EmbeddedCatalogue.open(data().resolve("catalogue"), settings)) {
            return Set.copyOf(catalogue.known(seeder.infoHashes()));
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    /// Slow enough to be killed in the midst of a sweep.
    private CrawlProcess crawl() throws IOException {
        return CrawlProcess.start(
                folder.resolve("printed"),
                List.of(
                        "crawl",
                        "--json",
                        "--data",
                        data().toString(),
                        "--listen",
                        "127.0.0.1",
                        "--bootstrap",
                        network.endpoint(0).toString(),
                        "--rate",
                        "150",
                        "--connections",
                        "8"));
    }

    private static void await(BooleanSupplier condition, CrawlProcess crawl)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !crawl.isAlive()) {
                throw new AssertionError("it has not come to pass; printed: " + crawl.printed());
            }
            Thread.sleep(10);
        }
    }
}
