package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueContract;
import dev.starling.crawler.catalogue.classify.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/// The contract of catalogues, kept by the embedded one.
final class EmbeddedCatalogueTest extends CatalogueContract {

    @TempDir private Path folder;

    @Override
    protected Catalogue open() throws IOException {
        return EmbeddedCatalogue.open(
                folder,
                new EmbeddedSettings(
                        Rules.standard(),
                        CLOCK,
                        EmbeddedSettings.UNBOUNDED,
                        Duration.ofSeconds(60)));
    }
}
