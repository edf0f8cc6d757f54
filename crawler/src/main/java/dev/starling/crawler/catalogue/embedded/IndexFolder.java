package dev.starling.crawler.catalogue.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the index to be written, a new one where the old is of no use: it holds nothing that the
/// rows do not.
final class IndexFolder {

    private static final Logger log = LoggerFactory.getLogger(IndexFolder.class);

    private IndexFolder() {}

    static Index open(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            return Index.open(folder, false);
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | NoSuchFileException e) {
            log.warn("making the index anew, it cannot be read: {}", e.getMessage());
            empty(folder);
            return Index.open(folder, false);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
