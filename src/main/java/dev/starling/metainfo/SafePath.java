package dev.starling.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// Makes the paths a torrent names safe to create below a folder, on any file system.
///
/// What a torrent calls a file is a stranger's choice. Whatever it says, the path made of it stays
/// below the folder, has elements that Linux, macOS and Windows all accept, and meets no other path
/// of the torrent even where case does not count.
public final class SafePath {

    /// Longest element in bytes of UTF-8. File systems allow 255; the rest leaves room for the
    /// suffixes of unfinished files.
    public static final int MAX_ELEMENT_BYTES = 240;

    /// Most elements of one path, the torrent's name included; libtorrent's bound.
    public static final int MAX_DEPTH = 100;

    /// Longest path. Linux allows 4,096 bytes; a quarter is left to the download folder's own.
    public static final int MAX_PATH_BYTES = 3_072;

    /// A longer ending than this after the last dot is no extension worth keeping.
    private static final int MAX_EXTENSION_BYTES = 16;

    private static final String REPLACEMENT = "_";
    private static final String SEPARATORS = "/\\";
    private static final String RESERVED_CHARACTERS = "<>:\"|?*"; // on FAT, NTFS and in SMB shares
    private static final List<String> RESERVED_NAMES =
            List.of("con", "prn", "aux", "nul", "conin$", "conout$", "clock$");
    private static final List<String> RESERVED_PORTS = List.of("com", "lpt");
    private static final String PORT_NUMBERS = "0123456789\u00b9\u00b2\u00b3";

    private SafePath() {}

    /// One element: never empty, `.`, `..`, or with a separator in it.
    public static String element(String raw) {
        String name = trimmed(shortened(trimmed(characters(SafeText.of(raw))), ""));
        if (name.isEmpty()) {
            return REPLACEMENT;
        }
        return isReserved(name) ? trimmed(shortened(REPLACEMENT + name, "")) : name;
    }

    /// Safe, distinct relative paths (elements joined by `/`) for all files of one torrent, in
    /// order, each below `name`.
    public static List<String> paths(String name, List<List<String>> rawPaths) {
        String root = element(name);
        var elements = new HashMap<String, String>(); // as folders are named by each of their files
        var safe = new ArrayList<List<String>>(rawPaths.size());
        for (var rawPath : rawPaths) {
            var path = new ArrayList<String>(rawPath.size() + 1);
            path.add(root);
            rawPath.forEach(raw -> path.add(elements.computeIfAbsent(raw, SafePath::element)));
            safe.add(path);
        }
        return DistinctPaths.of(safe);
    }

    /// The element with `suffix` before its extension, cut to fit.
    static String suffixed(String element, String suffix) {
        return element(shortened(element, suffix));
    }

    private static String characters(String text) {
        var name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SEPARATORS.indexOf(c) < 0) {
                name.append(RESERVED_CHARACTERS.indexOf(c) < 0 ? c : '_');
            }
        }
        return name.toString();
    }

    /// Without the dots and spaces at its end, which Windows drops by itself.
    private static String trimmed(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    /// Whether Windows takes the name for a device, which it does whatever extension follows.
    private static boolean isReserved(String name) {
        int dot = name.indexOf('.');
        String stem = trimmed(dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
        return RESERVED_NAMES.contains(stem)
                || (stem.length() == 4
                        && RESERVED_PORTS.contains(stem.substring(0, 3))
                        && PORT_NUMBERS.indexOf(stem.charAt(3)) >= 0);
    }

    private static String shortened(String name, String suffix) {
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && lengthBytes(name.substring(dot)) <= MAX_EXTENSION_BYTES;
        String extension = hasExtension ? name.substring(dot) : "";
        String stem = hasExtension ? name.substring(0, dot) : name;
        int room = MAX_ELEMENT_BYTES - lengthBytes(extension) - lengthBytes(suffix);
        return lengthBytes(stem) <= room
                ? stem + suffix + extension
                : cut(stem, room) + suffix + extension;
    }

    /// As much of the beginning as has at most `maxBytes` bytes, no character divided.
    private static String cut(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end);
    }

    static int lengthBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
