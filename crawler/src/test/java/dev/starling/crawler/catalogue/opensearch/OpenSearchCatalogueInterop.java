package dev.starling.crawler.catalogue.opensearch;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueContract;
import dev.starling.crawler.catalogue.classify.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The contract of catalogues, kept by the one in a cluster: each test has a catalogue of its own.
final class OpenSearchCatalogueInterop extends CatalogueContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir private static Path folder;

    private static Optional<OpenSearchProcess> node = Optional.empty();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        int port = OpenSearchProcess.freePort();
        var started = OpenSearchProcess.start(folder.resolve("node"), port, List.of());
        node = Optional.of(started);
        started.awaitCluster(1);
    }

    @AfterAll
    static void stop() {
        if (node.isPresent()) {
            node.get().close();
        }
    }

    @Override
    protected Catalogue open() throws IOException {
        String name = "test" + NUMBER.incrementAndGet();
        return OpenSearchCatalogue.open(
                ClusterAddress.parse(
                        "opensearch://" + node.orElseThrow().address() + "/" + name,
                        Optional.empty()),
                new OpenSearchSettings(Rules.standard(), CLOCK, 1, 0, Optional.empty()));
    }
}
