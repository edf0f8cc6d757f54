package dev.starling.crawler.web.torznab;

import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Extensions;
import dev.starling.crawler.catalogue.Found;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Newznab's categories, as far as our classification can tell them apart. Those of one thousand
/// belong to its first.
enum Category {
    MOVIES(2000, "Movies"),
    MOVIES_OTHER(2020, "Movies/Other"),
    MOVIES_SD(2030, "Movies/SD"),
    MOVIES_HD(2040, "Movies/HD"),
    MOVIES_UHD(2045, "Movies/UHD"),
    AUDIO(3000, "Audio"),
    AUDIO_MP3(3010, "Audio/MP3"),
    AUDIO_BOOK(3030, "Audio/Audiobook"),
    AUDIO_LOSSLESS(3040, "Audio/Lossless"),
    AUDIO_OTHER(3050, "Audio/Other"),
    PC(4000, "PC"),
    TV(5000, "TV"),
    TV_SD(5030, "TV/SD"),
    TV_HD(5040, "TV/HD"),
    TV_UHD(5045, "TV/UHD"),
    BOOKS(7000, "Books"),
    BOOKS_EBOOK(7020, "Books/EBook"),
    BOOKS_COMICS(7030, "Books/Comics"),
    OTHER(8000, "Other");

    private static final int THOUSAND = 1_000;
    private static final Set<String> HIGH = Set.of("720p", "1080p", "1080i", "1440p");
    private static final Set<String> ULTRA_HIGH = Set.of("2160p", "4320p", "4k", "8k");
    private static final Set<String> LOSSLESS = Set.of("flac", "alac", "ape", "wav", "wv");
    private static final Set<String> COMICS = Set.of("cbr", "cbz", "cb7", "cbt");

    /// Of a show that has one episode a day.
    private static final Pattern DAY =
            Pattern.compile("\\b(?:19|20)\\d\\d[ ._-](?:0\\d|1[0-2])[ ._-](?:[0-2]\\d|3[01])\\b");

    private final int id;
    private final String label;

    Category(int id, String label) {
        this.id = id;
        this.label = label;
    }

    int id() {
        return id;
    }

    String label() {
        return label;
    }

    /// What it holds is of one of these types, though not all of these types is in it.
    List<ContentType> types() {
        return switch (id / THOUSAND) {
            case 2, 5 -> List.of(ContentType.VIDEO);
            case 3 -> List.of(ContentType.AUDIO);
            case 4 -> List.of(ContentType.SOFTWARE);
            case 7 -> List.of(ContentType.BOOKS);
            default -> List.of(ContentType.DATA, ContentType.IMAGES, ContentType.ARCHIVES);
        };
    }

    boolean isParent() {
        return id % THOUSAND == 0;
    }

    Category parent() {
        return Stream.of(values())
                .filter(it -> it.id == id - id % THOUSAND)
                .findFirst()
                .orElseThrow();
    }

    List<Category> children() {
        return Stream.of(values()).filter(it -> it != this && it.parent() == this).toList();
    }

    /// The most precise category of a torrent.
    static Category of(Found found) {
        var kind = found.classification();
        var extensions = Extensions.of(found.entry().contents());
        return switch (kind.type()) {
            case VIDEO ->
                    kind.season().isPresent() || DAY.matcher(found.entry().name()).find()
                            ? television(kind)
                            : movie(kind);
            case AUDIO -> audio(extensions);
            case BOOKS ->
                    extensions.stream().anyMatch(COMICS::contains) ? BOOKS_COMICS : BOOKS_EBOOK;
            case SOFTWARE -> PC;
            case IMAGES, ARCHIVES, DATA -> OTHER;
        };
    }

    private static Category television(Classification kind) {
        var lines = kind.resolution().orElse("");
        if (ULTRA_HIGH.contains(lines)) {
            return TV_UHD;
        }
        return HIGH.contains(lines) ? TV_HD : TV_SD;
    }

    private static Category movie(Classification kind) {
        if (kind.resolution().isEmpty()) {
            return kind.year().isPresent() ? MOVIES_SD : MOVIES_OTHER;
        }
        var lines = kind.resolution().get();
        if (ULTRA_HIGH.contains(lines)) {
            return MOVIES_UHD;
        }
        return HIGH.contains(lines) ? MOVIES_HD : MOVIES_SD;
    }

    private static Category audio(Set<String> extensions) {
        if (extensions.stream().anyMatch(LOSSLESS::contains)) {
            return AUDIO_LOSSLESS;
        }
        if (extensions.contains("m4b")) {
            return AUDIO_BOOK;
        }
        return extensions.contains("mp3") ? AUDIO_MP3 : AUDIO_OTHER;
    }

    /// Whether what is in this category is asked for by these ids.
    boolean isIn(Set<Integer> ids) {
        return ids.contains(id) || ids.contains(parent().id);
    }
}
