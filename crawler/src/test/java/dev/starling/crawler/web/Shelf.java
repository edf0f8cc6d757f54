package dev.starling.crawler.web;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueFile;
import dev.starling.crawler.catalogue.Contents;
import dev.starling.crawler.catalogue.HealthReading;
import dev.starling.crawler.catalogue.MemoryCatalogue;
import dev.starling.crawler.catalogue.Sightings;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.crawler.catalogue.classify.Rules;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A catalogue in memory, filled with torrents that nobody ever shared. The same each time.
public final class Shelf {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /// What a stranger may call a torrent to harm who looks at it.
    public static final String HOSTILE =
            "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(2)>]]>";

    private static final long MEBIBYTE = 1 << 20;

    private final MemoryCatalogue catalogue =
            new MemoryCatalogue(Rules.standard(), InstantSource.fixed(NOW));
    private final SplittableRandom random = new SplittableRandom(7);

    public MemoryCatalogue catalogue() {
        return catalogue;
    }

    public static Id id(String name) {
        return Id.of(Sha1.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    /// One with everything in it that the pages can show.
    public static Shelf full() {
        var shelf = new Shelf();
        shelf.add("Fictional.Show.S01E02.1080p.WEB", "Fictional.Show.S01E02.1080p.WEB.mkv");
        shelf.add("Fictional.Show.S01E03.720p", "Fictional.Show.S01E03.720p.mkv");
        shelf.add("Fictional.Show.S02.2160p", "S02E01.mkv", "S02E02.mkv", "extras/making of.mkv");
        shelf.add("Daily.Chat.2026.11.22.480p", "Daily.Chat.2026.11.22.480p.mp4");
        shelf.add(
                "Imagined Film 1999 German 1080p",
                "Imagined Film 1999 German 1080p.mkv",
                "subs/de.srt");
        shelf.add("Quartet in F (1987) FLAC", "01 Allegro.flac", "02 Adagio.flac", "cover.jpg");
        shelf.add("Handbook of Starlings", "Handbook of Starlings.epub");
        shelf.add("Comic Week 12", "Comic Week 12.cbz");
        shelf.add("quietos-12.4-amd64-netinst.iso", "quietos-12.4-amd64-netinst.iso");
        shelf.add(HOSTILE, "<b>bold</b>/\"quoted\".mkv", "plain.txt");
        shelf.add("星の写真 集", "写真/一.png", "写真/二.png");
        for (int i = 1; i <= 240; i++) {
            String name = "Open Collection volume %03d".formatted(i);
            shelf.add(name, IntStream.range(0, i % 7 + 1).mapToObj(shelf::path));
        }
        return shelf;
    }

    private String path(int index) {
        return "disc %d/track %02d.%s"
                .formatted(index / 3 + 1, index, index % 5 == 4 ? "jpg" : "mp3");
    }

    public Shelf add(String name, String... paths) {
        return add(name, Stream.of(paths));
    }

    private Shelf add(String name, Stream<String> paths) {
        var files =
                paths.map(path ->
                                new CatalogueFile(path, random.nextLong(MEBIBYTE, 900 * MEBIBYTE)))
                        .toList();
        long lengthBytes = files.stream().mapToLong(CatalogueFile::lengthBytes).sum();
        var first = NOW.minus(Duration.ofMinutes(random.nextLong(10, 400_000)));
        var entry =
                new CatalogueEntry(
                        id(name),
                        name,
                        Contents.of(files, lengthBytes, (int) MEBIBYTE, false),
                        new Sightings(first, NOW.minusSeconds(random.nextLong(600))));
        catalogue.put(List.of(entry));
        if (random.nextInt(8) > 0) {
            measure(entry, first);
        }
        return this;
    }

    private void measure(CatalogueEntry entry, Instant first) {
        int seeds = random.nextInt(60);
        long hours = Math.max(1, Duration.between(first, NOW).toHours());
        for (int i = 0; i < 40; i++) {
            seeds = Math.max(0, seeds + random.nextInt(-6, 7));
            var health =
                    new SwarmHealth(
                            seeds,
                            seeds / 2 + random.nextInt(5),
                            1 + seeds / 10,
                            first.plusSeconds(hours * 3_600 * (i + 1) / 40));
            catalogue.measured(List.of(new HealthReading(entry.infoHash(), health)));
        }
    }
}
