package dev.starling.crawler.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.BencodeWriter;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.MemoryCatalogue;
import dev.starling.crawler.fetch.FetchEffect;
import dev.starling.crawler.fetch.FetchInput;
import dev.starling.crawler.state.Keeper.Crawled;
import dev.starling.crawler.state.Keeper.Fetched;
import dev.starling.crawler.walk.CrawlEffect;
import dev.starling.crawler.walk.CrawlInput;
import dev.starling.crawler.walk.CrawlInput.Judged;
import dev.starling.crawler.walk.NodeRow;
import dev.starling.crawler.walk.SwarmHealth;
import dev.starling.crawler.walk.Verdict;
import dev.starling.crawler.walk.Zone;
import dev.starling.crawler.walk.ZoneCount;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeeperTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Zone WHOLE = new Zone(0, 0);
    private static final Contact NODE =
            new Contact(new Id(1, 2, 3), Endpoint.parse("127.0.0.1:6881").orElseThrow());
    private static final InfoDictionary INFO = info("a torrent");

    private final MemoryCatalogue catalogue =
            new MemoryCatalogue(
                    _ -> Classification.of(ContentType.DATA), InstantSource.fixed(NOON));
    private final List<CrawlInput> toCrawl = new ArrayList<>();
    private final List<FetchInput> toFetch = new ArrayList<>();

    @TempDir private Path folder = Path.of("");

    @Test
    void aNewInfohashIsFollowedUpOnce() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);

            keeper.keep(List.of(sighted(), sighted()), NOON);

            assertThat(verdicts()).containsExactly(Verdict.NEW, Verdict.KNOWN);
        }
    }

    @Test
    void whatTheCatalogueHasAcknowledgedIsKnown() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);
            keeper.keep(List.of(sighted(), counted(NOON)), NOON);
            keeper.keep(List.of(fetched()), NOON);
            toCrawl.clear();

            keeper.keep(List.of(sighted()), NOON);

            assertThat(verdicts()).containsExactly(Verdict.KNOWN);
            assertThat(catalogue.find(INFO.infoHash()).orElseThrow().seeds()).isEqualTo(12);
            assertThat(store.wanted(INFO.infoHash())).isEmpty();
        }
    }

    @Test
    void aSwarmIsCountedAgainWhenItIsTime() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);
            keeper.keep(List.of(sighted(), counted(NOON)), NOON);
            keeper.keep(List.of(fetched()), NOON);
            toCrawl.clear();

            keeper.keep(List.of(sighted()), NOON.plusSeconds(7 * 86_400));
            keeper.keep(List.of(load()), NOON.plusSeconds(7 * 86_400));

            assertThat(verdicts()).containsExactly(Verdict.REFRESH);
            assertThat(((CrawlInput.ZoneLoaded) toCrawl.getLast()).wanted())
                    .containsExactly(new CrawlInput.Lead(INFO.infoHash(), Verdict.REFRESH));
        }
    }

    @Test
    void whatWasUnderWayWhenTheProcessDiedIsTakenUpAgain() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            keeper(store).keep(List.of(sighted()), NOON);
        }
        toCrawl.clear();

        try (var store = CrawlStore.open(folder)) {
            keeper(store).resume();
        }

        assertThat(toCrawl)
                .containsExactly(new CrawlInput.Unfinished(INFO.infoHash(), List.of(NODE)));
    }

    @Test
    void aDeathBetweenTheCataloguesAnswerAndOurNoteFetchesNothingTwice() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            keeper(store).keep(List.of(sighted()), NOON);
        }
        catalogue.put(List.of(CatalogueEntry.of(INFO, NOON)));
        toCrawl.clear();

        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);
            keeper.resume();
            keeper.keep(List.of(sighted()), NOON);

            assertThat(store.wanted(INFO.infoHash())).isEmpty();
        }

        assertThat(toCrawl).noneMatch(CrawlInput.Unfinished.class::isInstance);
        assertThat(verdicts()).doesNotContain(Verdict.NEW);
    }

    @Test
    void whatTheCatalogueHasAlreadyIsNotTakenUpAgain() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            keeper(store).keep(List.of(sighted()), NOON);
        }
        catalogue.put(List.of(CatalogueEntry.of(INFO, NOON)));
        toCrawl.clear();

        try (var store = CrawlStore.open(folder)) {
            keeper(store).resume();

            assertThat(store.wanted(INFO.infoHash())).isEmpty();
            assertThat(store.settled(INFO.infoHash())).isPresent();
        }

        assertThat(toCrawl).isEmpty();
    }

    @Test
    void whatNobodyServesIsTriedAgainLater() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);
            keeper.keep(List.of(sighted()), NOON);
            keeper.keep(List.of(new Fetched(new FetchEffect.Failed(INFO.infoHash(), 3))), NOON);

            keeper.keep(List.of(sighted()), NOON.plusSeconds(60));
            keeper.keep(List.of(sighted()), NOON.plusSeconds(2 * 3600));

            assertThat(verdicts()).containsExactly(Verdict.NEW, Verdict.KNOWN, Verdict.NEW);
        }
    }

    @Test
    void whatNobodyHasPeersOfIsLookedForAgainLaterAndForgottenInTheEnd() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);
            var deserted = new Crawled(new CrawlEffect.Deserted(INFO.infoHash()));
            keeper.keep(List.of(sighted(), deserted), NOON);

            keeper.keep(List.of(sighted()), NOON.plusSeconds(1_800));
            keeper.keep(List.of(sighted(), deserted), NOON.plusSeconds(3_601));
            var week = NOON.plusSeconds(7 * 86_400);
            keeper.keep(List.of(new Crawled(new CrawlEffect.LoadZone(WHOLE))), week);

            assertThat(verdicts()).containsExactly(Verdict.NEW, Verdict.KNOWN, Verdict.NEW);
            assertThat(store.wanted(INFO.infoHash())).isEmpty();
            assertThat(store.settled(INFO.infoHash())).isEmpty();
        }
    }

    @Test
    void nodesAndTheSweepOutliveTheProcess() throws IOException {
        var row = new NodeRow(NODE, NOON.getEpochSecond() + 900, NOON.getEpochSecond(), 0);
        var zone = new Zone(5, 4);
        try (var store = CrawlStore.open(folder)) {
            var count = new ZoneCount(1, 0, 0, 1, 0, 3, 0);
            keeper(store)
                    .keep(
                            List.of(
                                    new Crawled(new CrawlEffect.Saw(row)),
                                    new Crawled(new CrawlEffect.ZoneSwept(zone, count))),
                            NOON);
        }

        try (var store = CrawlStore.open(folder)) {
            var keeper = keeper(store);
            keeper.resume();
            keeper.keep(List.of(load()), NOON);
        }

        assertThat(toCrawl)
                .containsExactly(
                        new CrawlInput.Resume(4, List.of(5)),
                        new CrawlInput.ZoneLoaded(WHOLE, List.of(row), List.of()));
    }

    @Test
    void zonesAreReadWithoutTheirNeighbours() throws IOException {
        try (var store = CrawlStore.open(folder)) {
            for (int i = 0; i < 16; i++) {
                var id = new Zone(i, 4).point(new Id(-1, -1, -1));
                store.save(new NodeRow(new Contact(id, NODE.endpoint()), 0, 1, 0));
            }
            store.commit();

            for (int i = 0; i < 16; i++) {
                assertThat(store.nodes(new Zone(i, 4))).hasSize(1);
            }
            assertThat(store.nodes(new Zone(1, 1))).hasSize(8);
            assertThat(store.contacts()).hasSize(16);
        }
    }

    private Keeper keeper(CrawlStore store) {
        return new Keeper(store, catalogue, new Keeper.Answers(toCrawl::add, toFetch::add));
    }

    private List<Verdict> verdicts() {
        return toCrawl.stream()
                .filter(Judged.class::isInstance)
                .map(input -> ((Judged) input).verdict())
                .toList();
    }

    private static Keeper.Note sighted() {
        return new Crawled(new CrawlEffect.Sighted(WHOLE, INFO.infoHash(), NODE));
    }

    private static Keeper.Note counted(Instant when) {
        return new Crawled(
                new CrawlEffect.Counted(
                        new SwarmHealth(INFO.infoHash(), 12, 2, 30, 4, 3, when.getEpochSecond())));
    }

    private static Keeper.Note fetched() {
        return new Fetched(new FetchEffect.Fetched(INFO));
    }

    private static Keeper.Note load() {
        return new Crawled(new CrawlEffect.LoadZone(WHOLE));
    }

    private static InfoDictionary info(String name) {
        byte[] bytes =
                new BencodeWriter()
                        .beginDictionary()
                        .key("length")
                        .integer(16_384)
                        .key("name")
                        .text(name)
                        .key("piece length")
                        .integer(16_384)
                        .key("pieces")
                        .string(new byte[20])
                        .end()
                        .toBytes();
        return ((InfoReader.Loaded) InfoReader.read(bytes)).info();
    }
}
