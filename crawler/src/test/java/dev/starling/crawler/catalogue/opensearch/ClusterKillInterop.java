package dev.starling.crawler.catalogue.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.Samples;
import dev.starling.crawler.catalogue.classify.Rules;
import dev.starling.id.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of three processes, one of which is killed while crawlers write.
final class ClusterKillInterop {

    private static final int NODES = 3;
    private static final int BATCH = 50;
    private static final int WRITERS = 2;

    /// Batches of each writer before the kill, and after it.
    private static final int BATCHES = 40;

    @TempDir private Path folder;

    private final Set<Id> acknowledged = new ConcurrentSkipListSet<>();

    @Test
    void nothingAcknowledgedIsLostWithOneOfThreeNodes()
            throws IOException, InterruptedException, ExecutionException {
        List<OpenSearchProcess> nodes = new ArrayList<>();
        try {
            start(nodes);
            var address = address(nodes);
            try (var catalogue = open(address)) {
                nodes.getFirst().awaitCluster(NODES);
                write(catalogue, 0);
                var isKilled = new AtomicBoolean();
                var writers = writers(address, isKilled);

                nodes.getFirst().kill();
                isKilled.set(true);
                for (CompletableFuture<Void> writer : writers) {
                    writer.get();
                }

                assertThat(acknowledged).hasSizeGreaterThan(WRITERS * BATCHES * BATCH);
                assertThat(missing(catalogue)).isEmpty();
                nodes.getFirst().restart();
                nodes.getLast().awaitCluster(NODES);
                assertThat(missing(catalogue)).isEmpty();
                assertThat(catalogue.stats().torrents())
                        .isGreaterThanOrEqualTo(acknowledged.size());
            }
        } finally {
            for (OpenSearchProcess node : nodes) {
                node.close();
            }
        }
    }

    private void start(List<OpenSearchProcess> nodes) throws IOException, InterruptedException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 2 * NODES; i++) {
            ports.add(OpenSearchProcess.freePort());
        }
        var seeds =
                String.join(
                        ",",
                        ports.subList(NODES, 2 * NODES).stream()
                                .map(port -> "127.0.0.1:" + port)
                                .toList());
        for (int i = 0; i < NODES; i++) {
            var settings =
                    List.of(
                            "node.name=n" + i,
                            "transport.port=" + ports.get(NODES + i),
                            "discovery.seed_hosts=" + seeds,
                            "discovery.type=zen",
                            "cluster.initial_cluster_manager_nodes=n0,n1,n2");
            nodes.add(OpenSearchProcess.start(folder.resolve("n" + i), ports.get(i), settings));
        }
        nodes.getFirst().awaitCluster(NODES);
    }

    private static ClusterAddress address(List<OpenSearchProcess> nodes) {
        var hosts = String.join(",", nodes.stream().map(OpenSearchProcess::address).toList());
        return ClusterAddress.parse("opensearch://" + hosts + "/kill", Optional.empty());
    }

    private static OpenSearchCatalogue open(ClusterAddress address) throws IOException {
        return OpenSearchCatalogue.open(address, OpenSearchSettings.of(Rules.standard(), address));
    }

    /// Each writes until well after the kill.
    private List<CompletableFuture<Void>> writers(ClusterAddress address, AtomicBoolean isKilled) {
        return IntStream.range(1, WRITERS + 1)
                .mapToObj(writer ->
                        CompletableFuture.runAsync(() -> writer(address, writer, isKilled)))
                .toList();
    }

    private void writer(ClusterAddress address, int writer, AtomicBoolean isKilled) {
        try (var catalogue = open(address)) {
            int batch = writer * 1_000_000;
            for (int after = 0; after < BATCHES; batch++) {
                write(catalogue, batch);
                after += isKilled.get() ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(OpenSearchCatalogue catalogue, int batch) throws IOException {
        List<CatalogueEntry> entries =
                IntStream.range(0, BATCH)
                        .mapToObj(i -> Samples.single("film " + batch + " " + i, i))
                        .toList();
        catalogue.put(entries);
        entries.forEach(entry -> acknowledged.add(entry.infoHash()));
    }

    private Set<Id> missing(OpenSearchCatalogue catalogue) throws IOException {
        Set<Id> missing = new ConcurrentSkipListSet<>(acknowledged);
        List<Id> all = List.copyOf(acknowledged);
        for (int i = 0; i < all.size(); i += 5_000) {
            missing.removeAll(catalogue.known(all.subList(i, Math.min(all.size(), i + 5_000))));
        }
        return missing;
    }
}
