package dev.starling.crawler.catalogue.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which catalogue a command uses.
public final class CatalogueOptions {

    @Option(
            names = "--catalogue",
            paramLabel = "DIR|opensearch://HOST:PORT/NAME",
            description = {
                "The catalogue: a folder (default: catalogue in the data folder), or an OpenSearch"
                        + " cluster, of which several HOST:PORT may be named with commas. With TLS"
                        + " opensearchs://USER@HOST:PORT/NAME, the password in the environment as"
                        + " STARLING_OPENSEARCH_PASSWORD. With ?retention=90d at its end torrents"
                        + " go that nobody has seen for so long."
            })
    private Optional<String> catalogue = Optional.empty();

    public Catalogues in(Path data) {
        return new Catalogues(catalogue, data);
    }
}
