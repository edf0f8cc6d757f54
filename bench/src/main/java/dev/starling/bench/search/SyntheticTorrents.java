package dev.starling.bench.search;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueFile;
import dev.starling.crawler.catalogue.Contents;
import dev.starling.crawler.catalogue.Sightings;
import dev.starling.id.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Torrents like those of the DHT, from a seed: names of words of which few are frequent and most
/// are rare (Zipf's law), in several scripts, with years, resolutions and groups; one file or many.
final class SyntheticTorrents {

    static final int VOCABULARY = 60_000;

    private static final String[][] SYLLABLES = {
        "ba be bi bo da de di do fa fe ga ge ka ke ko la le li lo ma me mi mo na ne no pa ra re ro sa se ta te to va ve za"
                .split(" "),
        "ба ве да до ка ла ми на но по ра ро са се та ти".split(" "),
        "の 空 海 山 星 夜 花 人 国 天 風 雨 月 日".split(" "),
        "가 나 다 라 마 바 사 아 자".split(" ")
    };
    private static final String[] TAILS = {
        "1080p.BluRay.x264", "720p.HDTV", "2160p.WEB-DL.HEVC", "FLAC", "MP3.320kbps", "epub", "x64"
    };
    private static final String[] EXTENSIONS = {"mkv", "mp4", "flac", "mp3", "epub", "zip", "jpg"};
    private static final int PIECE_LENGTH_BYTES = 1 << 20;

    private final SplittableRandom random;
    private final String[] words = new String[VOCABULARY];
    private final Instant now;

    SyntheticTorrents(long seed, Instant now) {
        this.random = new SplittableRandom(seed);
        this.now = now;
        for (int i = 0; i < VOCABULARY; i++) {
            words[i] = newWord();
        }
    }

    private String newWord() {
        int script = random.nextInt(10);
        String[] syllables = SYLLABLES[script < 7 ? 0 : script - 6];
        var word = new StringBuilder();
        for (int i = random.nextInt(2, 5); i > 0; i--) {
            word.append(syllables[random.nextInt(syllables.length)]);
        }
        return word.toString();
    }

    /// A word as often as its rank says.
    String word() {
        return words[(int) (Math.pow(VOCABULARY, random.nextDouble()) - 1)];
    }

    CatalogueEntry next() {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(2, 7); i > 0; i--) {
            parts.add(word());
        }
        parts.add(String.valueOf(random.nextInt(1950, 2027)));
        int kind = random.nextInt(TAILS.length);
        parts.add(TAILS[kind]);
        String name = String.join(".", parts);
        var files = files(name, EXTENSIONS[kind]);
        long lengthBytes = files.stream().mapToLong(CatalogueFile::lengthBytes).sum();
        var seen = now.minusSeconds(random.nextLong(365L * 86_400));
        return new CatalogueEntry(
                Id.random(random),
                name,
                Contents.of(files, lengthBytes, PIECE_LENGTH_BYTES, false),
                new Sightings(seen, now));
    }

    private List<CatalogueFile> files(String name, String extension) {
        if (random.nextInt(10) < 5) {
            return List.of(new CatalogueFile(name + "." + extension, length()));
        }
        List<CatalogueFile> files = new ArrayList<>();
        for (int i = random.nextInt(2, 20); i > 0; i--) {
            String path = "%02d %s %s.%s".formatted(i, word(), word(), extension);
            files.add(new CatalogueFile(path, length()));
        }
        return files;
    }

    private long length() {
        return (long) Math.pow(10, 4 + 6 * random.nextDouble());
    }
}
