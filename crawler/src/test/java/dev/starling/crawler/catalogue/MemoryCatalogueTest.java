package dev.starling.crawler.catalogue;

import dev.starling.crawler.catalogue.classify.Rules;

/// The [CatalogueContract] of the [MemoryCatalogue].
final class MemoryCatalogueTest extends CatalogueContract {

    @Override
    protected Catalogue open() {
        return new MemoryCatalogue(Rules.standard(), CLOCK);
    }
}
