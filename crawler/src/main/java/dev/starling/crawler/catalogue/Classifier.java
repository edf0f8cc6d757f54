package dev.starling.crawler.catalogue;

/// Tells what a torrent is from its names and sizes. Thread-safe; the same entry always gives the
/// same answer.
@FunctionalInterface
public interface Classifier {

    Classification classify(CatalogueEntry entry);
}
