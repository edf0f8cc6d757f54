package dev.starling.node.monitor;

import dev.starling.dht.DhtStats;
import dev.starling.dht.RoundTrips;
import dev.starling.id.Endpoint;
import dev.starling.node.Event;
import dev.starling.routing.BucketFill;

/// `/status.json`: all that the status page and `starling node status` show.
final class StatusJson {

    private StatusJson() {}

    static String of(Snapshots snapshots) {
        var snapshot = snapshots.now();
        var node = snapshots.node();
        var status =
                Event.of("status")
                        .text("version", node.version())
                        .fraction("uptimeSeconds", snapshot.uptimeMillis() / 1_000.0)
                        .flag("healthy", snapshot.health().isGood())
                        .texts("problems", snapshot.health().problems())
                        .texts(
                                "addresses",
                                node.addresses().stream().map(Endpoint::toString).toList())
                        .flag("persistent", node.isPersistent())
                        .number("heapBytes", heapBytes());
        snapshot.stats().ifPresent(stats -> add(stats, status));
        return status.toJson();
    }

    private static long heapBytes() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void add(DhtStats stats, Event status) {
        status.text("id", stats.id().hex())
                .number("contacts", stats.contacts())
                .parts("tables", stats.tables().stream().map(StatusJson::table).toList())
                .nested("served", served(stats.served()))
                .nested("asked", asked(stats.asked()))
                .nested("ring", ring(stats.ring()))
                .number("storedPeers", stats.stored().peers())
                .number("storedInfoHashes", stats.stored().infoHashes())
                .number("storedItems", stats.stored().items())
                .number("maxPeers", stats.bounds().maxPeers())
                .number("answersPerSecond", stats.bounds().answersPerSecond())
                .number("answersBurst", stats.bounds().burst());
    }

    private static Event table(DhtStats.Table table) {
        return Event.part()
                .text("family", table.v4() ? "IPv4" : "IPv6")
                .number("contacts", table.contacts())
                .number("good", table.good())
                .parts("buckets", table.buckets().stream().map(StatusJson::bucket).toList());
    }

    private static Event ring(DhtStats.Ring ring) {
        return Event.part()
                .number("contacts", ring.contacts())
                .number("capacity", ring.capacity())
                .number("told", ring.told())
                .number("checked", ring.checked())
                .number("alive", ring.alive());
    }

    private static Event bucket(BucketFill bucket) {
        return Event.part()
                .number("depth", bucket.depth())
                .number("contacts", bucket.contacts())
                .number("good", bucket.good())
                .number("capacity", bucket.capacity())
                .number("waiting", bucket.waiting());
    }

    private static Event served(DhtStats.Served served) {
        var methods =
                served.methods().stream()
                        .map(count ->
                                Event.part()
                                        .text("method", count.method().word())
                                        .number("received", count.received())
                                        .number("answered", count.answered()))
                        .toList();
        var errors =
                served.errors().stream()
                        .map(error ->
                                Event.part()
                                        .number("code", error.code())
                                        .number("count", error.count()))
                        .toList();
        return Event.part()
                .parts("methods", methods)
                .parts("errors", errors)
                .number("limited", served.spared().limited())
                .number("shortened", served.spared().shortened())
                .number("withheld", served.spared().withheld())
                .number("malformed", served.spared().malformed())
                .number("shed", served.spared().shed())
                .number("bytesReceived", served.bytesReceived())
                .number("bytesSent", served.bytesSent());
    }

    private static Event asked(DhtStats.Asked asked) {
        var methods =
                asked.sent().stream()
                        .map(sent ->
                                Event.part()
                                        .text("method", sent.method().word())
                                        .number("sent", sent.count()))
                        .toList();
        return Event.part()
                .parts("methods", methods)
                .number("answered", asked.answered())
                .number("refused", asked.refused())
                .number("timedOut", asked.timedOut())
                .number("unsolicited", asked.unsolicited())
                .numbers("roundTripBoundsMillis", RoundTrips.BOUNDS_MILLIS)
                .numbers("roundTrips", asked.roundTrips().counts())
                .fraction("roundTripSeconds", asked.roundTrips().sumNanos() / 1e9);
    }
}
