package dev.starling.crawler.catalogue;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Torrents for tests.
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final int PIECE_LENGTH_BYTES = 262_144;
    private static final long FILE_LENGTH_BYTES = 1_000_000;

    private Samples() {}

    /// The infohash that goes with a name in these tests.
    public static Id id(String name) {
        return Id.of(Sha1.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    /// A torrent of one file, named as it is.
    public static CatalogueEntry single(String name, long lengthBytes) {
        return of(name, new CatalogueFile(name, lengthBytes));
    }

    /// A torrent of files of a megabyte each.
    public static CatalogueEntry folder(String name, String... paths) {
        return of(
                name,
                Stream.of(paths)
                        .map(path -> new CatalogueFile(path, FILE_LENGTH_BYTES))
                        .toArray(CatalogueFile[]::new));
    }

    public static CatalogueEntry of(String name, CatalogueFile... files) {
        long lengthBytes = Stream.of(files).mapToLong(CatalogueFile::lengthBytes).sum();
        var contents = Contents.of(List.of(files), lengthBytes, PIECE_LENGTH_BYTES, false);
        return new CatalogueEntry(id(name), name, contents, new Sightings(NOON, NOON));
    }

    public static CatalogueEntry hiddenFromOutsiders(String name) {
        var contents = Contents.of(List.of(new CatalogueFile(name, 1)), 1, 1, true);
        return new CatalogueEntry(id(name), name, contents, new Sightings(NOON, NOON));
    }

    /// A measurement so many seconds after noon.
    public static HealthReading reading(String name, int seeds, int secondsLater) {
        return new HealthReading(
                id(name), new SwarmHealth(seeds, 1, 2, NOON.plusSeconds(secondsLater)));
    }
}
