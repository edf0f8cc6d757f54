package dev.starling.bench.lookup;

import dev.starling.node.LookupResult;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one racer says of one lookup; a figure that it does not know is -1.
///
/// @param millisToFirstPeers from the start to the first peers, -1 when there were none
/// @param millis from the start to the end of the lookup
record LookupRow(
        String target,
        double peers,
        double millisToFirstPeers,
        double millis,
        double queries,
        double timeouts,
        double hops) {

    private static final Pattern TARGET =
            Pattern.compile("\"target\"\\s*:\\s*\"([0-9a-fA-F]{40})\"");

    static LookupRow of(LookupResult result) {
        return new LookupRow(
                result.target().hex(),
                result.peers().size(),
                result.millisToFirstPeers(),
                result.millis(),
                result.trace().queries(),
                result.trace().timeouts(),
                result.trace().hops());
    }

    /// Reads a `lookup` event as every racer prints it; empty for any other line.
    static Optional<LookupRow> parse(String line) {
        var target = TARGET.matcher(line);
        if (!line.contains("\"lookup\"") || !target.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new LookupRow(
                        target.group(1),
                        number(line, "peers"),
                        number(line, "millisToFirstPeers"),
                        number(line, "millis"),
                        number(line, "queries"),
                        number(line, "timeouts"),
                        number(line, "hops")));
    }

    boolean isFound() {
        return millisToFirstPeers >= 0;
    }

    private static double number(String line, String field) {
        var match = Pattern.compile("\"" + field + "\"\\s*:\\s*(-?[0-9.]{1,18})").matcher(line);
        return match.find() ? Double.parseDouble(match.group(1)) : -1;
    }
}
