package dev.starling.crawler.catalogue;

import static dev.starling.crawler.catalogue.Samples.NOON;
import static dev.starling.crawler.catalogue.Samples.folder;
import static dev.starling.crawler.catalogue.Samples.id;
import static dev.starling.crawler.catalogue.Samples.reading;
import static dev.starling.crawler.catalogue.Samples.single;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.catalogue.CatalogueQuery.Window;
import dev.starling.id.Id;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Catalogue] keeps to.
public abstract class CatalogueContract {

    private static final Blocks.Note NOTE = new Blocks.Note("ann", "asked to");

    protected static final InstantSource CLOCK = InstantSource.fixed(NOON);

    private Catalogue catalogue;

    /// An empty catalogue that closing ends.
    protected abstract Catalogue open() throws IOException;

    @BeforeEach
    void openIt() throws IOException {
        catalogue = open();
    }

    @AfterEach
    void closeIt() throws IOException {
        catalogue.close();
    }

    @Test
    void whatWasPutIsFoundWithAllItsParts() throws IOException {
        var entry = folder("Night Train", "cd1/01 Départ.flac", "cover.jpg");

        put(entry);

        var found = catalogue.find(entry.infoHash()).orElseThrow();
        assertThat(found.entry()).isEqualTo(entry);
        assertThat(found.history()).isEmpty();
        assertThat(only("night train")).isEqualTo(entry);
    }

    @Test
    void puttingTwiceIsPuttingOnce() throws IOException {
        var entry = single("debian.iso", 5);
        var later = entry.with(new Sightings(NOON.minusSeconds(9), NOON.plusSeconds(9)));

        var first = catalogue.put(List.of(entry));
        var second = catalogue.put(List.of(later));
        catalogue.refresh();

        assertThat(first).isEqualTo(new PutReport(1, 0, 0, 0));
        assertThat(second).isEqualTo(new PutReport(0, 1, 0, 0));
        assertThat(only("debian")).isEqualTo(later);
        assertThat(catalogue.stats().torrents()).isOne();
    }

    @Test
    void oneBatchMayHoldATorrentTwice() throws IOException {
        var entry = single("debian.iso", 5);

        var report = catalogue.put(List.of(entry, entry));
        catalogue.refresh();

        assertThat(report).isEqualTo(new PutReport(1, 1, 0, 0));
        assertThat(names("debian")).containsExactly("debian.iso");
    }

    @Test
    void emptyBatchesDoNothing() throws IOException {
        assertThat(catalogue.put(List.of())).isEqualTo(PutReport.NOTHING);
        assertThat(catalogue.known(List.of())).isEmpty();
        catalogue.seen(List.of(), NOON);
        catalogue.measured(List.of());
    }

    @Test
    void exactlyWhatWasPutIsKnown() throws IOException {
        var some = IntStream.range(0, 500).mapToObj(i -> single("odd " + (2 * i + 1), i)).toList();
        catalogue.put(some);

        var asked = new LinkedHashSet<Id>();
        IntStream.range(0, 1_000).forEach(i -> asked.add(id("odd " + i)));
        var known = catalogue.known(asked);

        assertThat(known).containsExactlyInAnyOrderElementsOf(ids(some));
    }

    @Test
    void privateLookingTorrentsStayOutButAreKnown() throws IOException {
        var entry = Samples.hiddenFromOutsiders("members only");

        var report = catalogue.put(List.of(entry));
        catalogue.refresh();

        assertThat(report).isEqualTo(new PutReport(0, 0, 0, 1));
        assertThat(names("members")).isEmpty();
        assertThat(catalogue.find(entry.infoHash())).isEmpty();
        assertThat(catalogue.known(Set.of(entry.infoHash()))).hasSize(1);
        assertThat(catalogue.stats().refused()).isOne();
    }

    @Test
    void laterSightingsMoveTheLastOne() throws IOException {
        put(single("debian.iso", 5));

        catalogue.seen(List.of(id("debian.iso"), id("unknown")), NOON.plusSeconds(60));

        var sightings = catalogue.find(id("debian.iso")).orElseThrow().entry().sightings();
        assertThat(sightings).isEqualTo(new Sightings(NOON, NOON.plusSeconds(60)));
        assertThat(catalogue.known(Set.of(id("unknown")))).isEmpty();
    }

    @Test
    void measurementsMakeAHistory() throws IOException {
        put(single("debian.iso", 5));

        catalogue.measured(List.of(reading("debian.iso", 7, 1), reading("unknown", 9, 1)));
        catalogue.measured(List.of(reading("debian.iso", 8, 2)));
        catalogue.measured(List.of(reading("debian.iso", 1, 1)));
        catalogue.refresh();

        assertThat(catalogue.find(id("debian.iso")).orElseThrow().history())
                .extracting(SwarmHealth::seeds)
                .containsExactly(7, 8);
        assertThat(search("debian").hits().getFirst().found().seeds()).isEqualTo(8);
        assertThat(catalogue.known(Set.of(id("unknown")))).isEmpty();
    }

    @Test
    void theLeastRecentlyMeasuredComeFirst() throws IOException {
        put(single("a", 1), single("b", 2), single("c", 3));

        catalogue.measured(List.of(reading("a", 1, 20), reading("b", 1, 10)));
        catalogue.refresh();

        assertThat(catalogue.leastRecentlyMeasured(2)).containsExactly(id("c"), id("b"));
        assertThat(catalogue.leastRecentlyMeasured(9)).endsWith(id("a"));
    }

    @Test
    void allWordsMustMatchInNameOrPath() throws IOException {
        put(folder("Night.Train_2019", "cd1/01-Sunrise.flac"), folder("Night Bus", "sunset.flac"));

        assertThat(names("night")).hasSize(2);
        assertThat(names("train sunrise")).containsExactly("Night.Train_2019");
        assertThat(names("night cd1")).containsExactly("Night.Train_2019");
        assertThat(names("bus sunrise")).isEmpty();
        assertThat(names("nigh")).isEmpty();
    }

    @Test
    void wordsAreFoundInAnyScript() throws IOException {
        put(
                single("Ночной поезд.mkv", 1),
                single("流浪地球2.2023.mkv", 2),
                single("千と千尋の神隠し.mkv", 3),
                single("夜のピクニック ﾋﾟｸﾆｯｸ.mkv", 4),
                single("الليل الطويل.mkv", 5),
                single("רכבת לילה.mkv", 6),
                single("기생충 2019.mkv", 7),
                single("รถไฟกลางคืน.mkv", 8),
                single("रात की रेल.mkv", 9),
                single("Amélie à Straße.mkv", 10),
                single("Τρένο της νύχτας.mkv", 11));

        assertThat(names("НОЧНОЙ")).containsExactly("Ночной поезд.mkv");
        assertThat(names("流浪地球")).containsExactly("流浪地球2.2023.mkv");
        assertThat(names("地球")).containsExactly("流浪地球2.2023.mkv");
        assertThat(names("球地")).isEmpty();
        assertThat(names("神隠し")).containsExactly("千と千尋の神隠し.mkv");
        assertThat(names("ピクニック")).hasSize(1);
        assertThat(names("الطويل")).hasSize(1);
        assertThat(names("לילה")).hasSize(1);
        assertThat(names("기생충")).hasSize(1);
        assertThat(names("กลางคืน")).hasSize(1);
        assertThat(names("रेल")).hasSize(1);
        assertThat(names("amelie strasse")).hasSize(1);
        assertThat(names("ΝΎΧΤΑΣ")).hasSize(1);
    }

    @Test
    void phrasesStandSideBySideInOneText() throws IOException {
        put(folder("Red Green Blue", "one two.txt", "three.txt"), folder("Green Red", "x.txt"));

        assertThat(names("\"red green\"")).containsExactly("Red Green Blue");
        assertThat(names("\"red blue\"")).isEmpty();
        assertThat(names("\"one two\"")).containsExactly("Red Green Blue");
        assertThat(names("\"txt three\"")).isEmpty();
        assertThat(names("\"blue one\"")).isEmpty();
    }

    @Test
    void prefixesMatchBeginningsOfWords() throws IOException {
        put(folder("Ubuntu Desktop", "noble-amd64.iso"), folder("Kubuntu", "x.iso"));

        assertThat(names("ubu*")).containsExactly("Ubuntu Desktop");
        assertThat(names("u*")).containsExactly("Ubuntu Desktop");
        assertThat(names("ubuntu desk*")).containsExactly("Ubuntu Desktop");
        assertThat(names("\"ubuntu des\"*")).containsExactly("Ubuntu Desktop");
        assertThat(names("\"desktop ubu\"*")).isEmpty();
        assertThat(names("amd*")).containsExactly("Ubuntu Desktop");
    }

    @Test
    void excludedTermsMustNotMatch() throws IOException {
        put(single("debian amd64.iso", 1), single("debian arm64.iso", 2));

        assertThat(names("debian -arm64")).containsExactly("debian amd64.iso");
        assertThat(names("-arm64")).containsExactly("debian amd64.iso");
        assertThat(names("debian -\"debian amd64\"")).containsExactly("debian arm64.iso");
    }

    @Test
    void filtersNarrowWhatMatches() throws IOException {
        put(
                single("Small Film 1999 720p.mkv", 10),
                single("Large Film 2008 1080p.mkv", 1_000),
                single("Film Score.flac", 100));
        catalogue.measured(List.of(reading("Film Score.flac", 12, 5)));
        catalogue.refresh();
        var none = Filters.NONE;

        assertThat(names("film", none.withTypes(Set.of(ContentType.AUDIO))))
                .containsExactly("Film Score.flac");
        assertThat(names("film", none.withExtensions(Set.of("MKV")))).hasSize(2);
        assertThat(names("", none.withLengthBytes(new Range(10, 100)))).hasSize(2);
        assertThat(names("film", none.withLengthBytes(Range.atLeast(101))))
                .containsExactly("Large Film 2008 1080p.mkv");
        assertThat(names("film", none.withSeeds(Range.atLeast(12))))
                .containsExactly("Film Score.flac");
        assertThat(names("film", none.withSeeds(Range.atMost(0)))).hasSize(2);
        assertThat(names("film", none.withYear(Range.only(2008))))
                .containsExactly("Large Film 2008 1080p.mkv");
        assertThat(names("film", none.withResolution("720p")))
                .containsExactly("Small Film 1999 720p.mkv");
    }

    @Test
    void ageIsThatOfTheFirstSighting() throws IOException {
        var old = single("old film", 1).with(new Sightings(NOON.minusSeconds(100), NOON));
        put(old, single("new film", 2));

        var young = Filters.NONE.withFirstSeen(NOON.minusSeconds(50), Instant.MAX);

        assertThat(names("film", young)).containsExactly("new film");
        assertThat(names(CatalogueQuery.of("film").with(Order.OLDEST)))
                .containsExactly("old film", "new film");
        assertThat(names(CatalogueQuery.of("film").with(Order.NEWEST)))
                .containsExactly("new film", "old film");
    }

    @Test
    void ordersHoldWithAndWithoutText() throws IOException {
        put(single("film b", 20), single("film a", 10), single("film c", 30));
        catalogue.measured(List.of(reading("film a", 5, 1), reading("film c", 9, 1)));
        catalogue.refresh();

        for (String text : List.of("film", "")) {
            var query = CatalogueQuery.of(text);
            assertThat(names(query.with(Order.SEEDS)))
                    .containsExactly("film c", "film a", "film b");
            assertThat(names(query.with(Order.LARGEST)))
                    .containsExactly("film c", "film b", "film a");
            assertThat(names(query.with(Order.SMALLEST)))
                    .containsExactly("film a", "film b", "film c");
        }
        assertThat(names("")).containsExactly("film c", "film a", "film b");
    }

    @Test
    void aHealthySwarmRaisesEqualText() throws IOException {
        put(single("night train x", 1), single("night train y", 2), single("night train z", 3));

        catalogue.measured(List.of(reading("night train y", 400, 1)));
        catalogue.measured(List.of(reading("night train z", 4, 1)));
        catalogue.refresh();

        assertThat(names("night train"))
                .containsExactly("night train y", "night train z", "night train x");
    }

    @Test
    void aMatchInTheNameBeatsOneInAFile() throws IOException {
        put(folder("Various", "sunrise.flac", "b.flac"), folder("Sunrise", "a.flac", "b.flac"));

        assertThat(names("sunrise")).containsExactly("Sunrise", "Various");
    }

    @Test
    void torrentsWithTheSameFilesAreOneHit() throws IOException {
        put(
                folder("Night Train", "a.flac", "b.flac"),
                folder("Night Train (reupload)", "b.flac", "a.flac"),
                folder("Night Train live", "a.flac", "c.flac"));
        catalogue.measured(List.of(reading("Night Train (reupload)", 50, 1)));
        catalogue.refresh();

        var page = search("night train");

        assertThat(page.total()).isEqualTo(3);
        assertThat(page.hits())
                .extracting(hit -> hit.entry().name())
                .containsExactly("Night Train (reupload)", "Night Train live");
        assertThat(page.hits().getFirst().copies()).containsExactly(id("Night Train"));
        assertThat(page.hits().getLast().copies()).isEmpty();
    }

    @Test
    void pagesCoverAllHitsOnce() throws IOException {
        List<CatalogueEntry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add(single("film " + i, i));
            entries.add(Samples.of("copy of film " + i, new CatalogueFile("film " + i, i)));
        }
        catalogue.put(entries);
        catalogue.refresh();

        for (Order order : Order.values()) {
            List<String> all = new ArrayList<>();
            for (int offset = 0; offset < 70; offset += 7) {
                var query = CatalogueQuery.of("film").with(order).with(new Window(offset, 7));
                all.addAll(names(query));
            }
            assertThat(all).as(order.word()).hasSize(60).doesNotHaveDuplicates();
        }
    }

    @Test
    void facetsCountTheMatches() throws IOException {
        put(
                single("Film 1999 1080p.mkv", 1),
                single("Film 2008 1080p.mkv", 2),
                single("Film 2008.flac", 3),
                single("Other.iso", 4));

        var facets = catalogue.search(CatalogueQuery.of("film").withFacets()).facets();

        assertThat(values(facets, Facet.Property.TYPE))
                .containsExactly(new Facet.Value("video", 2), new Facet.Value("audio", 1));
        assertThat(values(facets, Facet.Property.YEAR))
                .containsExactly(new Facet.Value("2008", 2), new Facet.Value("1999", 1));
        assertThat(values(facets, Facet.Property.RESOLUTION))
                .containsExactly(new Facet.Value("1080p", 2));
        assertThat(values(facets, Facet.Property.EXTENSION))
                .containsExactly(new Facet.Value("mkv", 2), new Facet.Value("flac", 1));
        assertThat(search("film").facets()).isEmpty();
    }

    @Test
    void blocksHideWhatIsThereAndWhatComes() throws IOException {
        var blocks = catalogue.blocks();
        put(single("spam one", 1), single("ham", 2));

        long hidden = blocks.add(new BlockRule.Word("SPAM"), NOTE);
        var report = catalogue.put(List.of(single("more spam", 3)));
        catalogue.refresh();

        assertThat(hidden).isOne();
        assertThat(report).isEqualTo(new PutReport(0, 0, 1, 0));
        assertThat(names("")).containsExactly("ham");
        assertThat(catalogue.find(id("spam one"))).isEmpty();
        assertThat(catalogue.known(Set.of(id("spam one"), id("more spam")))).hasSize(2);
        assertThat(catalogue.stats())
                .extracting(CatalogueStats::torrents, CatalogueStats::hidden)
                .containsExactly(1L, 2L);
    }

    @Test
    void blockedWordsAreWholeWords() throws IOException {
        put(single("flamboyant parrot", 1), single("boy band", 2));

        catalogue.blocks().add(new BlockRule.Word("boy"), NOTE);
        catalogue.refresh();

        assertThat(names("")).containsExactly("flamboyant parrot");
    }

    @Test
    void liftingBringsBackExactlyWhatNoOtherBlockMatches() throws IOException {
        var blocks = catalogue.blocks();
        put(single("spam one", 1), single("spam two", 2), single("two", 3));
        catalogue.measured(List.of(reading("spam one", 6, 1)));
        catalogue.refresh();
        var before = catalogue.find(id("spam one"));
        blocks.add(new BlockRule.Word("spam"), NOTE);
        blocks.add(new BlockRule.Hash(id("spam two")), NOTE);
        catalogue.refresh();

        long back = blocks.lift(new BlockRule.Word("spam"), NOTE);
        catalogue.refresh();

        assertThat(back).isOne();
        assertThat(catalogue.find(id("spam one"))).isEqualTo(before);
        assertThat(names("")).containsExactlyInAnyOrder("spam one", "two");
        assertThat(blocks.all())
                .extracting(Block::rule)
                .containsExactly(new BlockRule.Hash(id("spam two")));
    }

    @Test
    void aHashIsBlockedBeforeItIsKnown() throws IOException {
        var blocks = catalogue.blocks();

        blocks.add(new BlockRule.Hash(id("bad")), NOTE);
        boolean isBlocked = blocks.isBlocked(id("bad"));
        var known = catalogue.known(Set.of(id("bad"), id("good")));
        put(single("bad", 1));

        assertThat(isBlocked).isTrue();
        assertThat(known).containsExactly(id("bad"));
        assertThat(names("bad")).isEmpty();
        assertThat(blocks.lift(new BlockRule.Hash(id("bad")), NOTE)).isOne();
        catalogue.refresh();
        assertThat(names("bad")).containsExactly("bad");
    }

    @Test
    void rulesBlockByTextAndFilters() throws IOException {
        var images = Filters.NONE.withTypes(Set.of(ContentType.IMAGES));
        var small = images.withLengthBytes(Range.atMost(50));
        put(single("a.jpg", 10), single("b.jpg", 100), single("a.mkv", 10));

        var rule = new BlockRule.Rule(QueryText.parse("-b"), small);
        var preview = catalogue.blocks().preview(rule, 5);
        catalogue.blocks().add(rule, NOTE);
        put(single("c.jpg", 11));

        assertThat(preview.torrents()).isOne();
        assertThat(preview.examples()).containsExactly(single("a.jpg", 10));
        assertThat(names("")).containsExactlyInAnyOrder("b.jpg", "a.mkv");
    }

    @Test
    void dryRunsChangeNothing() throws IOException {
        var blocks = catalogue.blocks();
        var word = new BlockRule.Word("spam");
        put(single("spam one", 1), single("spam two", 2));

        var preview = blocks.preview(word, 1);
        var nothing = blocks.previewLift(word, 1);
        var visible = names("spam");
        blocks.add(word, NOTE);
        catalogue.refresh();
        var again = blocks.preview(word, 1);
        var lift = blocks.previewLift(word, 9);

        assertThat(preview.torrents()).isEqualTo(2);
        assertThat(preview.examples()).hasSize(1);
        assertThat(nothing.torrents()).isZero();
        assertThat(visible).hasSize(2);
        assertThat(again.torrents()).isZero();
        assertThat(lift.torrents()).isEqualTo(2);
        assertThat(lift.examples()).hasSize(2);
        assertThat(names("spam")).isEmpty();
    }

    @Test
    void everyChangeOfTheBlocksIsOnRecord() throws IOException {
        var blocks = catalogue.blocks();
        var word = new BlockRule.Word("spam");
        put(single("spam one", 1));

        blocks.add(word, NOTE);
        blocks.add(word, NOTE);
        blocks.lift(word, new Blocks.Note("bob", "a mistake"));

        assertThat(blocks.audit(9))
                .containsExactly(
                        new AuditLine(
                                NOON,
                                AuditLine.Action.LIFTED,
                                word,
                                1,
                                new Blocks.Note("bob", "a mistake")),
                        new AuditLine(NOON, AuditLine.Action.ADDED, word, 1, NOTE));
        assertThat(blocks.audit(1)).hasSize(1);
        assertThat(blocks.all()).isEmpty();
    }

    @Test
    void exportHandsOverEverythingInOrder() throws IOException {
        put(single("a", 1), single("b", 2), single("spam", 3));
        catalogue.measured(List.of(reading("a", 3, 1)));
        catalogue.blocks().add(new BlockRule.Word("spam"), NOTE);

        List<Found> all = new ArrayList<>();
        catalogue.export(all::add);
        List<Found> first = new ArrayList<>();
        catalogue.export(found -> {
            first.add(found);
            return false;
        });

        assertThat(all)
                .extracting(found -> found.entry().infoHash())
                .containsExactlyInAnyOrder(id("a"), id("b"), id("spam"))
                .isSorted();
        assertThat(first).isEqualTo(all.subList(0, 1));
        assertThat(all).filteredOn(found -> found.seeds() == 3).hasSize(1);
    }

    private void put(CatalogueEntry... entries) throws IOException {
        catalogue.put(List.of(entries));
        catalogue.refresh();
    }

    private SearchPage search(String text) throws IOException {
        return catalogue.search(CatalogueQuery.of(text));
    }

    private List<String> names(String text) throws IOException {
        return names(CatalogueQuery.of(text));
    }

    private List<String> names(String text, Filters filters) throws IOException {
        return names(CatalogueQuery.of(text).with(filters));
    }

    private List<String> names(CatalogueQuery query) throws IOException {
        return catalogue.search(query).hits().stream().map(hit -> hit.entry().name()).toList();
    }

    private CatalogueEntry only(String text) throws IOException {
        var hits = search(text).hits();
        assertThat(hits).hasSize(1);
        return hits.getFirst().entry();
    }

    private static List<Facet.Value> values(List<Facet> facets, Facet.Property property) {
        return facets.stream()
                .filter(facet -> facet.property() == property)
                .flatMap(facet -> facet.values().stream())
                .toList();
    }

    private static List<Id> ids(List<CatalogueEntry> entries) {
        return entries.stream().map(CatalogueEntry::infoHash).toList();
    }
}
