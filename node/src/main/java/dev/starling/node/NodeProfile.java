package dev.starling.node;

import java.util.Locale;

/// What a node is run for.
enum NodeProfile {
    /// To take part.
    STANDARD,
    /// To be where others begin.
    BOOTSTRAP;

    /// As it is written in an option.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
