package dev.starling.crawler.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The words by which a torrent is found: those of its name, and those of its folders and files,
/// each of which is a text of its own, so that no phrase reaches from one into the next.
///
/// @param files bounded: the first [#MAX_FILE_WORDS] words altogether
public record TorrentText(List<String> name, List<List<String>> files) {

    /// Some tens of kilobytes; who shares more files names them alike.
    public static final int MAX_FILE_WORDS = 4_000;

    public static TorrentText of(CatalogueEntry entry) {
        List<List<String>> files = new ArrayList<>();
        String folder = "";
        int words = 0;
        for (CatalogueFile file : entry.contents().files()) {
            if (words >= MAX_FILE_WORDS) {
                break;
            }
            int slash = file.path().lastIndexOf('/');
            if (slash >= 0 && !file.path().substring(0, slash).equals(folder)) {
                folder = file.path().substring(0, slash);
                words += add(files, folder);
            }
            words += add(files, file.fileName());
        }
        return new TorrentText(Words.of(entry.name()), List.copyOf(files));
    }

    private static int add(List<List<String>> texts, String text) {
        var words = Words.of(text);
        if (!words.isEmpty()) {
            texts.add(words);
        }
        return words.size();
    }

    /// Whether the term is found here.
    public boolean matches(Term term) {
        return switch (term) {
            case Term.Word(var text) -> contains(Words.of(text));
            case Term.Phrase(var text) -> contains(Words.of(text));
            case Term.Prefix(var text) -> containsPrefix(Words.of(text));
            case Term.Without(var inner) -> !matches(inner);
        };
    }

    private boolean contains(List<String> words) {
        return Collections.indexOfSubList(name, words) >= 0
                || files.stream().anyMatch(it -> Collections.indexOfSubList(it, words) >= 0);
    }

    private boolean containsPrefix(List<String> words) {
        return containsPrefix(name, words)
                || files.stream().anyMatch(text -> containsPrefix(text, words));
    }

    private static boolean containsPrefix(List<String> text, List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        int last = words.size() - 1;
        for (int i = 0; i + last < text.size(); i++) {
            if (text.subList(i, i + last).equals(words.subList(0, last))
                    && text.get(i + last).startsWith(words.get(last))) {
                return true;
            }
        }
        return false;
    }
}
