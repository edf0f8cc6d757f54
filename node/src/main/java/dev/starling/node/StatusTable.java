package dev.starling.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A node's `/status.json` as a person reads it in a terminal.
final class StatusTable {

    private static final int BAR_CHARACTERS = 32;

    private final JsonTree status;
    private final Output output;
    private final List<String> lines = new ArrayList<>();

    private StatusTable(JsonTree status, Output output) {
        this.status = status;
        this.output = output;
    }

    static List<String> lines(JsonTree status, Output output) {
        var table = new StatusTable(status, output);
        table.head();
        table.ring();
        status.at("tables").items().forEach(table::buckets);
        table.served();
        table.asked();
        return table.lines;
    }

    private void head() {
        boolean isHealthy = status.flag("healthy");
        String problems = String.join("; ", status.texts("problems"));
        row("health", isHealthy ? output.green("ok") : output.yellow(Output.harmless(problems)));
        row("id", Output.harmless(status.text("id")));
        row("addresses", Output.harmless(String.join(", ", status.texts("addresses"))));
        var uptime = Duration.ofMillis(Math.round(status.fraction("uptimeSeconds") * 1_000));
        String version = Output.harmless(status.text("version"));
        row("up", Units.duration(uptime) + output.faint(", version " + version));
        row(
                "stored",
                number("storedPeers")
                        + " peers of "
                        + number("storedInfoHashes")
                        + " infohashes, "
                        + number("storedItems")
                        + " items"
                        + output.faint(", at most " + number("maxPeers")));
    }

    private void ring() {
        var ring = status.at("ring");
        if (ring.number("capacity") == 0) {
            return;
        }
        long checked = ring.number("checked");
        row(
                "ring",
                count(ring, "contacts")
                        + " contacts"
                        + output.faint(", at most " + count(ring, "capacity"))
                        + (checked == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", %.1f %% of those told still answer",
                                        100.0 * ring.number("alive") / checked)));
    }

    private void buckets(JsonTree table) {
        row(
                Output.harmless(table.text("family")),
                count(table, "contacts") + " contacts, " + count(table, "good") + " good");
        for (var bucket : table.at("buckets").items()) {
            long contacts = bucket.number("contacts");
            long capacity = Math.max(1, bucket.number("capacity"));
            long filled = Math.clamp(contacts * BAR_CHARACTERS / capacity, 0L, BAR_CHARACTERS);
            String bar = "█".repeat((int) filled) + "·".repeat(BAR_CHARACTERS - (int) filled);
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%9d  %s %d/%d",
                            bucket.number("depth"),
                            output.faint(bar),
                            contacts,
                            capacity));
        }
    }

    private void served() {
        var served = status.at("served");
        row(
                "queries",
                output.faint(
                        String.format(
                                Locale.ROOT,
                                "%-18s%12s%12s%12s",
                                "",
                                "received",
                                "answered",
                                "sent")));
        var sent = status.at("asked").at("methods").items();
        for (var method : served.at("methods").items()) {
            String name = method.text("method");
            long ours =
                    sent.stream()
                            .filter(other -> other.text("method").equals(name))
                            .mapToLong(other -> other.number("sent"))
                            .sum();
            if (method.number("received") + ours > 0) {
                row(
                        "",
                        String.format(
                                Locale.ROOT,
                                "%-18s%,12d%,12d%,12d",
                                Output.harmless(name),
                                method.number("received"),
                                method.number("answered"),
                                ours));
            }
        }
        row(
                "spared",
                count(served, "limited")
                        + " limited, "
                        + count(served, "shortened")
                        + " shortened, "
                        + count(served, "withheld")
                        + " withheld, "
                        + count(served, "malformed")
                        + " malformed, "
                        + count(served, "shed")
                        + " shed");
        row(
                "bytes",
                Units.bytes(served.number("bytesReceived"))
                        + " received, "
                        + Units.bytes(served.number("bytesSent"))
                        + " sent");
    }

    private void asked() {
        var asked = status.at("asked");
        long answered = asked.number("answered");
        row(
                "replies",
                count(asked, "answered")
                        + " answered, "
                        + count(asked, "timedOut")
                        + " timed out, "
                        + count(asked, "refused")
                        + " refused, "
                        + count(asked, "unsolicited")
                        + " unsolicited");
        if (answered > 0) {
            var mean =
                    Duration.ofNanos(
                            Math.round(asked.fraction("roundTripSeconds") / answered * 1e9));
            row("trip", Units.milliseconds(mean) + " on average");
        }
    }

    private String number(String field) {
        return count(status, field);
    }

    private static String count(JsonTree of, String field) {
        return String.format(Locale.ROOT, "%,d", of.number(field));
    }

    private void row(String name, String text) {
        lines.add(output.bold(String.format(Locale.ROOT, "%-11s", name)) + text);
    }
}
