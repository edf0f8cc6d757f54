package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueFile;
import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.EntryJson;
import dev.starling.crawler.catalogue.Facet;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.catalogue.SearchPage;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.id.Id;
import dev.starling.metainfo.Magnet;
import dev.starling.node.Event;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How results are shown.
final class SearchReport {

    /// Files of one result that a person is shown.
    private static final int MAX_FILES_SHOWN = 50;

    private final Output output;
    private final Instant now;
    private final boolean hasFiles;

    SearchReport(Output output, Instant now, boolean hasFiles) {
        this.output = output;
        this.now = now;
        this.hasFiles = hasFiles;
    }

    static Magnet magnet(Hit hit) {
        return magnet(hit.entry());
    }

    static Magnet magnet(CatalogueEntry entry) {
        return new Magnet(
                entry.infoHash(), Optional.of(entry.name()), List.of(), List.of(), List.of());
    }

    void print(SearchPage page, int offset) {
        int number = offset;
        for (Hit hit : page.hits()) {
            number++;
            output.event(event(hit, number));
            person(hit, number);
        }
        page.facets().forEach(this::facet);
        summary(page);
    }

    private static Event event(Hit hit, int number) {
        var entry = hit.entry();
        var event =
                Event.of("torrent")
                        .text("infoHash", entry.infoHash().hex())
                        .text("name", entry.name())
                        .number("lengthBytes", entry.contents().lengthBytes())
                        .parts("files", files(entry))
                        .number("fileCount", entry.contents().fileCount())
                        .number("seeds", hit.found().seeds())
                        .text("magnet", magnet(entry).toUri())
                        .number("number", number)
                        .text("type", hit.found().classification().type().word())
                        .text("firstSeen", entry.sightings().first().toString())
                        .text("lastSeen", entry.sightings().last().toString())
                        .texts("copies", hit.copies().stream().map(Id::hex).toList());
        EntryJson.describe(hit.found().classification(), event);
        hit.found()
                .health()
                .ifPresent(health ->
                        event.number("leechers", health.leechers())
                                .number("countError", health.error())
                                .text("measured", health.measured().toString()));
        return event;
    }

    private static List<Event> files(CatalogueEntry entry) {
        List<Event> files = new ArrayList<>();
        for (CatalogueFile file : entry.contents().files()) {
            files.add(
                    Event.part()
                            .text("path", file.path())
                            .number("lengthBytes", file.lengthBytes()));
        }
        return files;
    }

    private void person(Hit hit, int number) {
        var entry = hit.entry();
        output.result("%3d  %s".formatted(number, output.bold(Output.harmless(entry.name()))));
        output.result("     " + String.join("  ", facts(hit)));
        output.result("     " + output.faint(magnet(entry).toUri()));
        if (hasFiles) {
            entry.contents().files().stream()
                    .limit(MAX_FILES_SHOWN)
                    .forEach(file ->
                            output.result(
                                    "       %10s  %s"
                                            .formatted(
                                                    Units.bytes(file.lengthBytes()),
                                                    Output.harmless(file.path()))));
        }
    }

    private List<String> facts(Hit hit) {
        List<String> facts = new ArrayList<>();
        var contents = hit.entry().contents();
        facts.add(health(hit.found().health()));
        facts.add(Units.bytes(contents.lengthBytes()));
        facts.add(Units.count(contents.fileCount(), "file"));
        var kind = hit.found().classification();
        facts.add(kind.type().word());
        kind.year().ifPresent(year -> facts.add(String.valueOf(year)));
        episode(kind).ifPresent(facts::add);
        kind.resolution().ifPresent(facts::add);
        if (!kind.languages().isEmpty()) {
            facts.add(String.join(",", kind.languages()));
        }
        facts.add("found " + age(hit.entry().sightings().first()) + " ago");
        if (!hit.copies().isEmpty()) {
            facts.add("+" + hit.copies().size() + " with the same files");
        }
        return facts;
    }

    /// `S02E07`, `S02` for a whole season, `E07` where no season is named.
    private static Optional<String> episode(Classification kind) {
        String season = kind.season().map(number -> "S%02d".formatted(number)).orElse("");
        String episode = kind.episode().map(number -> "E%02d".formatted(number)).orElse("");
        return Optional.of(season + episode).filter(text -> !text.isEmpty());
    }

    private String health(Optional<SwarmHealth> health) {
        if (health.isEmpty()) {
            return output.faint("not measured");
        }
        var measured = health.get();
        String error = measured.error() > 0 ? " ±" + measured.error() : "";
        String seeds = measured.seeds() + error + (measured.seeds() == 1 ? " seed" : " seeds");
        String text = seeds + ", " + Units.count(measured.leechers(), "leecher");
        return measured.seeds() > 0 ? output.green(text) : output.yellow(text);
    }

    private String age(Instant since) {
        var age = Duration.between(since, now);
        return Units.duration(age.isNegative() ? Duration.ZERO : age);
    }

    private void facet(Facet facet) {
        if (facet.values().isEmpty()) {
            return;
        }
        List<Event> values = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Facet.Value value : facet.values()) {
            values.add(Event.part().text("value", value.value()).number("count", value.count()));
            words.add(Output.harmless(value.value()) + " " + value.count());
        }
        String name = facet.property().name().toLowerCase(Locale.ROOT);
        output.event(
                Event.of("facet")
                        .text("property", name)
                        .flag("exact", facet.isExact())
                        .parts("values", values));
        output.result(
                output.faint(name + (facet.isExact() ? ": " : " (about): "))
                        + String.join(", ", words));
    }

    private void summary(SearchPage page) {
        output.event(
                Event.of("results")
                        .number("total", page.total())
                        .flag("exact", page.isTotalExact())
                        .fraction("millis", page.tookNanos() / 1e6));
        String total = (page.isTotalExact() ? "" : "more than ") + page.total();
        output.progress(
                "%s found in %s"
                        .formatted(
                                page.total() == 1 ? "1 torrent" : total + " torrents",
                                Units.milliseconds(Duration.ofNanos(page.tookNanos()))));
    }
}
