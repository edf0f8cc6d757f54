package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.id.Id;
import java.util.List;

/// A torrent as it is stored, and whether a block hides it.
record Row(Found found, boolean isHidden) {

    Id infoHash() {
        return found.entry().infoHash();
    }

    Row hidden(boolean now) {
        return new Row(found, now);
    }

    Row with(CatalogueEntry entry) {
        return new Row(new Found(entry, found.classification(), found.history()), isHidden);
    }

    Row with(List<SwarmHealth> history) {
        return new Row(new Found(found.entry(), found.classification(), history), isHidden);
    }
}
