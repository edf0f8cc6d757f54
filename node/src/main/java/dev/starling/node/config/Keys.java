package dev.starling.node.config;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The keys a config file may use: each long option of the command without its dashes, but those
/// that ask for something else than a run.
final class Keys {

    private static final List<String> NO_KEYS = List.of("config", "help", "version");

    /// So many letters wrong, and a word is another word.
    private static final int MAX_DISTANCE = 3;

    private final SortedMap<String, OptionSpec> options = new TreeMap<>();

    Keys(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            String key = option.longestName().replaceFirst("^--", "");
            if (option.longestName().startsWith("--") && !NO_KEYS.contains(key)) {
                options.put(key, option);
            }
        }
    }

    Optional<OptionSpec> option(String key) {
        return Optional.ofNullable(options.get(key));
    }

    /// What to say of a key that is none.
    String hint(String unknown) {
        return nearest(unknown)
                .map(key -> "Is " + key + " meant?")
                .orElse("The keys are " + String.join(", ", options.keySet()) + ".");
    }

    private Optional<String> nearest(String word) {
        int least = MAX_DISTANCE + 1;
        Optional<String> nearest = Optional.empty();
        for (String key : options.keySet()) {
            int distance = distance(word, key);
            if (distance < least) {
                least = distance;
                nearest = Optional.of(key);
            }
        }
        return nearest;
    }

    /// Levenshtein's: how many letters to add, drop or change.
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
