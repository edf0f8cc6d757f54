package dev.starling.crawler.catalogue.embedded;

import static dev.starling.crawler.catalogue.Samples.NOON;
import static dev.starling.crawler.catalogue.Samples.id;
import static dev.starling.crawler.catalogue.Samples.reading;
import static dev.starling.crawler.catalogue.Samples.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.crawler.catalogue.AuditLine;
import dev.starling.crawler.catalogue.Block;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.classify.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is on disk at any moment is enough: a copy of the folder of an open catalogue is what a
/// killed process leaves.
final class CrashTest {

    private static final Blocks.Note NOTE = new Blocks.Note("ann", "");
    private static final EmbeddedSettings NEVER_COMMITTED =
            new EmbeddedSettings(
                    Rules.standard(),
                    InstantSource.fixed(NOON),
                    EmbeddedSettings.UNBOUNDED,
                    Duration.ofDays(1));

    @TempDir private Path folder;

    @Test
    void nothingAcknowledgedIsLost() throws IOException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 300));
            catalogue.measured(List.of(reading("film 7", 12, 1)));
            catalogue.put(List.of(single("spam", 1)));
            catalogue.blocks().add(new BlockRule.Word("spam"), NOTE);

            copy("live", "killed");
        }

        try (var catalogue = open("killed")) {
            assertThat(catalogue.search(CatalogueQuery.of("film")).total()).isEqualTo(300);
            assertThat(names(catalogue, "spam")).isEmpty();
            assertThat(catalogue.find(id("film 7")).orElseThrow().seeds()).isEqualTo(12);
            assertThat(catalogue.blocks().all()).extracting(Block::note).containsExactly(NOTE);
            assertThat(catalogue.blocks().audit(1)).hasSize(1);
            assertThat(catalogue.known(Set.of(id("spam")))).hasSize(1);
        }
    }

    @Test
    void whatCameAfterTheLastCommitIsIndexedAtTheStart() throws IOException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 50));
        }
        try (var catalogue = open("live")) {
            catalogue.put(entries(50, 80));

            copy("live", "killed");
        }

        try (var catalogue = open("killed")) {
            assertThat(catalogue.search(CatalogueQuery.of("film")).total()).isEqualTo(80);
        }
    }

    @Test
    void aLostIndexIsMadeAnew() throws IOException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 50));
        }
        delete(folder.resolve("live/index"));

        try (var catalogue = open("live")) {
            assertThat(catalogue.search(CatalogueQuery.of("film")).total()).isEqualTo(50);
        }
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 50));
        }
        try (Stream<Path> files = Files.list(folder.resolve("live/index"))) {
            for (Path file : files.filter(it -> it.toString().contains("segments_")).toList()) {
                Files.writeString(file, "nonsense");
            }
        }

        try (var catalogue = open("live")) {
            assertThat(catalogue.search(CatalogueQuery.of("film")).total()).isEqualTo(50);
        }
    }

    @Test
    void oneProcessWritesWhileOthersSearch() throws IOException, InterruptedException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 5));
        }
        try (var catalogue = open("live");
                var reader = EmbeddedCatalogue.read(folder.resolve("live"), NEVER_COMMITTED)) {
            catalogue.put(entries(5, 6));

            assertThat(names(reader, "film")).hasSize(5);
            assertThat(reader.stats().torrents()).isEqualTo(5);
            assertThatThrownBy(() -> open("live")).isInstanceOf(CatalogueInUseException.class);
            assertThatThrownBy(() -> reader.put(entries(6, 7)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCatalogueIsThereToBeSearchedFromItsFirstMomentOn() throws IOException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 5));

            copy("live", "killed");
            try (var reader = EmbeddedCatalogue.read(folder.resolve("live"), NEVER_COMMITTED)) {
                assertThat(names(reader, "film")).isEmpty();
                assertThat(reader.stats().torrents()).isZero();
            }
        }
        try (var reader = EmbeddedCatalogue.read(folder.resolve("killed"), NEVER_COMMITTED)) {
            assertThat(names(reader, "film")).isEmpty();
        }
    }

    @Test
    void anIndexThatHoldsNoCommitIsEmpty() throws IOException {
        try (var catalogue = open("live")) {
            catalogue.put(entries(0, 5));
        }
        delete(folder.resolve("live/index"));

        try (var reader = EmbeddedCatalogue.read(folder.resolve("live"), NEVER_COMMITTED)) {
            assertThat(names(reader, "film")).isEmpty();
            assertThat(reader.stats().torrents()).isZero();
        }
    }

    @Test
    void aCommandAsksTheProcessThatHoldsTheCatalogue() throws IOException, InterruptedException {
        var rule = new BlockRule.Word("spam");
        var requests = new BlockRequests(folder.resolve("live"));
        try (var catalogue = open("live")) {
            catalogue.put(List.of(single("spam", 1), single("ham", 2)));

            var added = requests.ask(AuditLine.Action.ADDED, rule, NOTE);
            var hidden = names(catalogue, "spam");
            var lifted = requests.ask(AuditLine.Action.LIFTED, rule, NOTE);

            assertThat(added).isEqualTo(OptionalLong.of(1));
            assertThat(hidden).isEmpty();
            assertThat(lifted).isEqualTo(OptionalLong.of(1));
            assertThat(names(catalogue, "spam")).containsExactly("spam");
        }
    }

    @Test
    void theDiskBudgetDropsTheLeastSeeded() throws IOException {
        long budgetBytes = 1_000_000;
        var settings = NEVER_COMMITTED.withDiskBudget(budgetBytes);
        try (var catalogue = EmbeddedCatalogue.open(folder.resolve("small"), settings)) {
            catalogue.put(List.of(single("treasure", 1)));
            catalogue.measured(List.of(reading("treasure", 900, 1)));

            for (int i = 0; i < 64; i++) {
                catalogue.put(entries(i * 200, i * 200 + 200));
            }

            var stats = catalogue.stats();
            assertThat(stats.evicted()).isPositive();
            assertThat(stats.diskBytes()).isLessThan(budgetBytes * 2);
            assertThat(catalogue.find(id("treasure"))).isPresent();
            assertThat(stats.torrents() + stats.evicted()).isEqualTo(12_801);
        }
    }

    private Catalogue open(String name) throws IOException {
        return EmbeddedCatalogue.open(folder.resolve(name), NEVER_COMMITTED);
    }

    private static List<CatalogueEntry> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> single("film " + i, i)).toList();
    }

    private static List<String> names(Catalogue catalogue, String text) throws IOException {
        return catalogue.search(CatalogueQuery.of(text)).hits().stream()
                .map(hit -> hit.entry().name())
                .toList();
    }

    private void copy(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.toList()) {
                Path target = folder.resolve(to).resolve(source.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.endsWith("LOCK")) {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
