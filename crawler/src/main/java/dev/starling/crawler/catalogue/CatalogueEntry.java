package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.SafeText;
import java.time.Instant;

/// A torrent as it is put into the catalogue.
///
/// @param name made safe to be shown, at most [#MAX_NAME_CHARACTERS] of it
public record CatalogueEntry(Id infoHash, String name, Contents contents, Sightings sightings) {

    /// UTF-16 units; longer than any file system's, and than any honest name.
    public static final int MAX_NAME_CHARACTERS = 512;

    public CatalogueEntry {
        name = Contents.bounded(SafeText.of(name), MAX_NAME_CHARACTERS);
    }

    /// What fetched metadata says, seen for the first time now.
    public static CatalogueEntry of(InfoDictionary info, Instant now) {
        return new CatalogueEntry(
                info.infoHash(), info.name(), Contents.of(info), new Sightings(now, now));
    }

    public CatalogueEntry with(Sightings other) {
        return new CatalogueEntry(infoHash, name, contents, other);
    }
}
