package dev.starling.node;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.util.List;

/// How one lookup of an infohash went.
///
/// @param millisToFirstPeers from the start to the first peers, -1 when none were found
/// @param millis from the start to the end of the lookup
/// @param announcedTo nodes that stored our announce, 0 when none was asked for
public record LookupResult(
        Id target,
        List<Endpoint> peers,
        double millisToFirstPeers,
        double millis,
        int announcedTo,
        Outcome outcome,
        LookupTrace trace) {

    public LookupResult {
        peers = List.copyOf(peers);
    }

    /// The `lookup` event that programs rely on.
    public Event event() {
        return Event.of("lookup")
                .text("target", target.hex())
                .number("peers", peers.size())
                .fraction("millisToFirstPeers", millisToFirstPeers)
                .fraction("millis", millis)
                .number("queries", trace.queries())
                .number("timeouts", trace.timeouts())
                .number("hops", trace.hops())
                .number("announcedTo", announcedTo);
    }
}
