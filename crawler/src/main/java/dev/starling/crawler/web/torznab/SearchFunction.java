package dev.starling.crawler.web.torznab;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of search that Torznab has, by what `t` says.
enum SearchFunction {
    SEARCH("search"),
    TV("tvsearch"),
    MOVIE("movie"),
    MUSIC("music"),
    BOOK("book");

    private final String word;

    SearchFunction(String word) {
        this.word = word;
    }

    static Optional<SearchFunction> parse(String word) {
        return Stream.of(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    /// What describes it among the capabilities; programs know one of them by two names.
    List<String> elements() {
        return switch (this) {
            case SEARCH -> List.of("search");
            case TV -> List.of("tv-search");
            case MOVIE -> List.of("movie-search");
            case MUSIC -> List.of("music-search", "audio-search");
            case BOOK -> List.of("book-search");
        };
    }

    /// What it takes besides categories, sizes, age and paging.
    List<String> parameters() {
        return switch (this) {
            case SEARCH -> List.of("q");
            case TV -> List.of("q", "season", "ep");
            case MOVIE -> List.of("q", "year");
            case MUSIC -> List.of("q", "artist", "album", "year");
            case BOOK -> List.of("q", "title", "author");
        };
    }
}
