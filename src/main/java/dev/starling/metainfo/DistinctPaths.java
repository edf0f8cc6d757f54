package dev.starling.metainfo;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Gives every file of a torrent a path that no other one has.
///
/// Two paths are taken for one if they differ in case or in Unicode's normal form only, as on macOS
/// and Windows. Folders keep their names and are shared; a file that meets a folder or an earlier
/// file gets a number before its extension. Time and memory grow with the number of elements,
/// however many files want the same name.
final class DistinctPaths {

    private static final int ROOT = 0;

    /// One element below a folder, as a file system that ignores case knows it.
    private record Place(int folder, String folded) {}

    private final Map<Place, Integer> folders = new HashMap<>();
    private final Set<Place> files = new HashSet<>();
    private final Map<Place, Integer> lastSuffixes = new HashMap<>();

    private DistinctPaths() {}

    /// The paths, elements joined by `/`, in the order given.
    static List<String> of(List<List<String>> paths) {
        var distinct = new DistinctPaths();
        int[] parents = new int[paths.size()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = distinct.enter(paths.get(i));
        }
        var joined = new ArrayList<String>(parents.length);
        for (int i = 0; i < parents.length; i++) {
            var path = paths.get(i);
            int last = path.size() - 1;
            String file = distinct.place(parents[i], path.get(last));
            joined.add(last == 0 ? file : String.join("/", path.subList(0, last)) + "/" + file);
        }
        return joined;
    }

    /// Makes known all folders of the path; gives the innermost.
    private int enter(List<String> path) {
        int folder = ROOT;
        for (String element : path.subList(0, path.size() - 1)) {
            folder =
                    folders.computeIfAbsent(
                            new Place(folder, folded(element)), _ -> folders.size() + 1);
        }
        return folder;
    }

    private String place(int folder, String file) {
        var wanted = new Place(folder, folded(file));
        if (take(wanted)) {
            return file;
        }
        int suffix = lastSuffixes.getOrDefault(wanted, 0);
        String candidate;
        do {
            suffix++;
            candidate = SafePath.suffixed(file, "." + suffix);
        } while (!take(new Place(folder, folded(candidate))));
        lastSuffixes.put(wanted, suffix);
        return candidate;
    }

    private boolean take(Place place) {
        return !folders.containsKey(place) && files.add(place);
    }

    private static String folded(String element) {
        String upper = element.toUpperCase(Locale.ROOT); // as `ß` and `SS` are one to some
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    }
}
