package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.classify.Rules;
import dev.starling.crawler.catalogue.embedded.CatalogueInUseException;
import dev.starling.crawler.catalogue.embedded.EmbeddedCatalogue;
import dev.starling.crawler.catalogue.embedded.EmbeddedSettings;
import dev.starling.crawler.catalogue.opensearch.ClusterAddress;
import dev.starling.crawler.catalogue.opensearch.OpenSearchCatalogue;
import dev.starling.crawler.catalogue.opensearch.OpenSearchSettings;
import dev.starling.node.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Opens the catalogue that a command is told to use: a folder, or a cluster by its `opensearch://`
/// address.
public final class Catalogues {

    /// The password of a cluster, so that it need not stand on the command line.
    private static final String PASSWORD = "STARLING_OPENSEARCH_PASSWORD";

    private final Optional<String> named;
    private final Path data;

    /// @param named what `--catalogue` says
    /// @param data the data folder, in which the catalogue is if nothing else is said
    public Catalogues(Optional<String> named, Path data) {
        this.named = named;
        this.data = data;
    }

    private Catalogue cluster() throws Failure {
        try {
            var address =
                    ClusterAddress.parse(
                            named.orElseThrow(), Optional.ofNullable(System.getenv(PASSWORD)));
            return OpenSearchCatalogue.open(
                    address, OpenSearchSettings.of(Rules.standard(), address));
        } catch (IllegalArgumentException | IOException e) {
            throw new Failure(
                    String.valueOf(e.getMessage()),
                    "--catalogue opensearch://HOST:PORT/NAME names a cluster that runs; "
                            + PASSWORD
                            + " holds its password.",
                    e);
        }
    }

    boolean isCluster() {
        return named.map(ClusterAddress::isMeant).orElse(false);
    }

    Path folder() {
        return named.map(Path::of).orElseGet(() -> data.resolve("catalogue"));
    }

    /// To be added to. A folder's is made if missing.
    ///
    /// @param diskBudgetBytes see [EmbeddedSettings]
    /// @throws Failure if another process has it, or it cannot be reached
    public Catalogue open(long diskBudgetBytes) throws Failure, IOException {
        try {
            return openOrThrow(diskBudgetBytes);
        } catch (CatalogueInUseException e) {
            throw new Failure(
                    String.valueOf(e.getMessage()),
                    "A crawler has it; stop it, or choose another folder with --catalogue.",
                    e);
        }
    }

    /// As [#open], for a caller who can do something about it.
    ///
    /// @throws CatalogueInUseException while another process has it
    Catalogue openOrThrow(long diskBudgetBytes) throws Failure, IOException {
        if (isCluster()) {
            return cluster();
        }
        var settings = EmbeddedSettings.of(Rules.standard()).withDiskBudget(diskBudgetBytes);
        return EmbeddedCatalogue.open(folder(), settings);
    }

    /// To be searched, also while a crawler adds to it.
    ///
    /// @throws Failure if there is none
    public Catalogue read() throws Failure, IOException {
        if (isCluster()) {
            return cluster();
        }
        if (!Files.isDirectory(folder().resolve("index"))) {
            throw new Failure(
                    "there is no catalogue in " + folder(),
                    "starling crawl makes one; --catalogue names another.");
        }
        return EmbeddedCatalogue.read(folder(), EmbeddedSettings.of(Rules.standard()));
    }
}
