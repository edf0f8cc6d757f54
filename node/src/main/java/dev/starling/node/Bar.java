package dev.starling.node;

import java.util.List;
import java.util.Locale;

/// A bar and what is said beside it, in one line of a terminal.
final class Bar {

    private static final int MIN_CELLS = 8;
    private static final int MAX_CELLS = 24;

    private Bar() {}

    /// The line, shorter than `columns` where that is at all possible: the bar gives way first,
    /// then the last of the fields.
    ///
    /// @param share from 0 to 1
    /// @param fields the most important first
    static String of(double share, List<String> fields, Output output, int columns) {
        String percent = String.format(Locale.ROOT, " %3.0f %%", Math.floor(share * 100));
        var shown = fields;
        String beside = beside(percent, shown);
        while (columns - 1 - beside.length() < MIN_CELLS && !shown.isEmpty()) {
            shown = shown.subList(0, shown.size() - 1);
            beside = beside(percent, shown);
        }
        int cells = Math.clamp(columns - 1 - beside.length(), MIN_CELLS, MAX_CELLS);
        int full = (int) (share * cells);
        return output.green("━".repeat(full)) + output.faint("━".repeat(cells - full)) + beside;
    }

    private static String beside(String percent, List<String> fields) {
        return percent + (fields.isEmpty() ? "" : "  " + String.join("  ", fields));
    }
}
