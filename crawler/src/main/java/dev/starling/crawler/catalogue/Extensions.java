package dev.starling.crawler.catalogue;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;

/// The file name extensions of a torrent.
public final class Extensions {

    /// Distinct ones kept of one torrent.
    private static final int MAX_EXTENSIONS = 32;

    /// Longer ones are no extensions but names with a dot.
    private static final int MAX_CHARACTERS = 8;

    private Extensions() {}

    /// The distinct extensions, in lower case without the dot.
    public static SequencedSet<String> of(Contents contents) {
        SequencedSet<String> extensions = new LinkedHashSet<>();
        for (CatalogueFile file : contents.files()) {
            String extension = of(file.path());
            if (!extension.isEmpty() && extensions.size() < MAX_EXTENSIONS) {
                extensions.add(extension);
            }
        }
        return extensions;
    }

    /// One path's extension; empty where it has none.
    public static String of(String path) {
        int dot = path.lastIndexOf('.');
        int slash = path.lastIndexOf('/');
        String extension = dot > slash + 1 ? path.substring(dot + 1) : "";
        return extension.length() <= MAX_CHARACTERS
                        && extension.chars().allMatch(Character::isLetterOrDigit)
                ? extension.toLowerCase(Locale.ROOT)
                : "";
    }
}
