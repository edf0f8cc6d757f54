package dev.starling.sim;

import java.util.Locale;

/// Figures as people read them.
final class SimText {

    private SimText() {}

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
