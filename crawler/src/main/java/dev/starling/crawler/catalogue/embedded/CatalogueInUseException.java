package dev.starling.crawler.catalogue.embedded;

import java.io.IOException;
import java.nio.file.Path;

/// Another process writes to the catalogue.
public final class CatalogueInUseException extends IOException {

    private static final long serialVersionUID = 1;

    CatalogueInUseException(Path folder, Throwable cause) {
        super("the catalogue in " + folder + " is in use by another process", cause);
    }
}
