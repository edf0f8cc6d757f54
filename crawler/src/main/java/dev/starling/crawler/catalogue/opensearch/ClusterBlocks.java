package dev.starling.crawler.catalogue.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.starling.crawler.catalogue.AuditLine;
import dev.starling.crawler.catalogue.Block;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.BlockSet;
import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.crawler.catalogue.Term;
import dev.starling.crawler.catalogue.TorrentText;
import dev.starling.crawler.catalogue.opensearch.Documents.Stored;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.node.Event;
import dev.starling.node.JsonTree;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The blocks of a catalogue in a cluster. Every crawler holds them against what it adds, and asks
/// before each batch whether they have changed.
///
/// A block is stored before it is applied, so that what is added meanwhile is held against it.
/// Adding and lifting may be repeated: they finish what was begun and broken off.
final class ClusterBlocks implements Blocks {

    /// OpenSearch gives no more hits at once; more blocks are read page by page.
    private static final int PAGE = 5_000;

    private static final String STATE = "blocks";

    private final Rest rest;
    private final Names names;
    private final Store store;
    private final InstantSource clock;
    private final AtomicLong lastNumber = new AtomicLong();
    private volatile BlockSet set = BlockSet.EMPTY;
    private volatile long version = -1;

    ClusterBlocks(Rest rest, Names names, Store store, InstantSource clock) {
        this.rest = rest;
        this.names = names;
        this.store = store;
        this.clock = clock;
    }

    /// As they were at the last [#refresh].
    BlockSet set() {
        return set;
    }

    /// Reads the blocks anew if anybody has changed them.
    void refresh() throws IOException {
        var state = rest.get("/" + names.state() + "/_doc/" + STATE);
        long current = state.isMissing() ? 0 : state.good().number("_version");
        if (current != version) {
            set = new BlockSet(all().stream().map(Block::rule).toList());
            version = current;
        }
    }

    private void changed() throws IOException {
        rest.post("/" + names.blocks() + "/_refresh", "").good();
        rest.put("/" + names.state() + "/_doc/" + STATE, "{}").good();
        refresh();
    }

    @Override
    public Preview preview(BlockRule rule, int examples) throws IOException {
        return preview(rule, false, stored -> matches(rule, stored), examples);
    }

    @Override
    public Preview previewLift(BlockRule rule, int examples) throws IOException {
        if (!isInForce(rule)) {
            return new Preview(0, List.of());
        }
        refresh();
        return preview(rule, true, stored -> isOnlyHiddenBy(rule, stored), examples);
    }

    private Preview preview(
            BlockRule rule, boolean isHidden, Predicate<Stored> affected, int examples)
            throws IOException {
        long[] count = {0};
        List<CatalogueEntry> shown = new ArrayList<>();
        walk(
                rule,
                isHidden,
                stored -> {
                    if (affected.test(stored)) {
                        count[0]++;
                        if (shown.size() < examples) {
                            shown.add(stored.found().entry());
                        }
                    }
                    return true;
                });
        return new Preview(count[0], shown);
    }

    @Override
    public long add(BlockRule rule, Note note) throws IOException {
        var block =
                Event.part()
                        .text("rule", RuleText.write(rule))
                        .number("number", nextNumber())
                        .number("since", clock.instant().getEpochSecond())
                        .text("who", note.who())
                        .text("why", note.why());
        var made = rest.put("/" + names.blocks() + "/_create/" + key(rule), block.toJson());
        boolean isNew = !made.isConflict();
        if (isNew) {
            made.good();
            changed();
        }
        long count = change(rule, false, stored -> matches(rule, stored));
        if (isNew || count > 0) {
            log(AuditLine.Action.ADDED, rule, count, note);
        }
        return count;
    }

    @Override
    public long lift(BlockRule rule, Note note) throws IOException {
        if (!isInForce(rule)) {
            return 0;
        }
        refresh();
        // First what it hides, then itself: broken off in between, it can be lifted again.
        long count = change(rule, true, stored -> isOnlyHiddenBy(rule, stored));
        rest.delete("/" + names.blocks() + "/_doc/" + key(rule));
        changed();
        log(AuditLine.Action.LIFTED, rule, count, note);
        return count;
    }

    /// Turns what is affected; says how much that was.
    private long change(BlockRule rule, boolean isHidden, Predicate<Stored> affected)
            throws IOException {
        Set<Id> candidates = new TreeSet<>();
        walk(
                rule,
                isHidden,
                stored -> {
                    candidates.add(stored.found().entry().infoHash());
                    return true;
                });
        Set<Id> turned = new TreeSet<>();
        store.change(
                candidates,
                (id, there) -> {
                    var after = there.filter(affected).map(it -> it.hidden(!isHidden));
                    if (after.isPresent()) {
                        turned.add(id);
                    }
                    return after;
                });
        rest.post("/" + names.torrents() + "/_refresh", "").good();
        return turned.size();
    }

    private void walk(BlockRule rule, boolean isHidden, Store.Visitor visitor) throws IOException {
        rest.post("/" + names.torrents() + "/_refresh", "").good();
        switch (rule) {
            case BlockRule.Hash(var infoHash) -> {
                for (Stored stored : store.read(List.of(infoHash)).values()) {
                    visitor.visit(stored);
                }
            }
            case BlockRule.Word(var word) ->
                    store.walk(
                            Queries.matching(
                                    List.of(new Term.Phrase(word)), Filters.NONE, isHidden),
                            visitor);
            case BlockRule.Rule(var terms, var filters) ->
                    store.walk(Queries.matching(terms, filters, isHidden), visitor);
        }
    }

    private static boolean matches(BlockRule rule, Stored stored) {
        return !stored.isHidden()
                && rule.matches(stored.found(), TorrentText.of(stored.found().entry()));
    }

    private boolean isOnlyHiddenBy(BlockRule rule, Stored stored) {
        var text = TorrentText.of(stored.found().entry());
        return stored.isHidden()
                && rule.matches(stored.found(), text)
                && !set.matchesBeside(rule, stored.found(), text);
    }

    private boolean isInForce(BlockRule rule) throws IOException {
        return rest.get("/" + names.blocks() + "/_doc/" + key(rule)).isGood();
    }

    @Override
    public List<Block> all() throws IOException {
        rest.post("/" + names.blocks() + "/_refresh", "").good();
        List<Block> blocks = new ArrayList<>();
        long after = -1;
        while (true) {
            var page = page(names.blocks(), false, PAGE, after);
            for (JsonTree hit : page) {
                blocks.add(block(hit.at("_source")));
                after = hit.at("_source").number("number");
            }
            if (page.size() < PAGE) {
                return blocks;
            }
        }
    }

    private List<JsonTree> page(String index, boolean isNewestFirst, int size, long after)
            throws IOException {
        var body =
                Event.part()
                        .number("size", size)
                        .parts("sort", List.of(Json.order("number", isNewestFirst)));
        if (after >= 0) {
            body.numbers("search_after", List.of(after));
        }
        var answer = rest.post("/" + index + "/_search", body.toJson()).good();
        return answer.at("hits").at("hits").items();
    }

    private static Block block(JsonTree source) {
        return new Block(
                RuleText.parse(source.text("rule")),
                Instant.ofEpochSecond(source.number("since")),
                new Note(source.text("who"), source.text("why")));
    }

    @Override
    public boolean isBlocked(Id infoHash) throws IOException {
        refresh();
        return set.contains(infoHash);
    }

    @Override
    public List<AuditLine> audit(int limit) throws IOException {
        rest.post("/" + names.audit() + "/_refresh", "").good();
        List<AuditLine> lines = new ArrayList<>();
        for (JsonTree hit : page(names.audit(), true, Math.clamp(limit, 0, PAGE), -1)) {
            var source = hit.at("_source");
            lines.add(
                    new AuditLine(
                            Instant.ofEpochSecond(source.number("when")),
                            AuditLine.Action.valueOf(source.text("action")),
                            RuleText.parse(source.text("rule")),
                            source.number("torrents"),
                            new Note(source.text("who"), source.text("why"))));
        }
        return lines;
    }

    private void log(AuditLine.Action action, BlockRule rule, long torrents, Note note)
            throws IOException {
        long number = nextNumber();
        var line =
                Event.part()
                        .number("number", number)
                        .number("when", clock.instant().getEpochSecond())
                        .text("action", action.name())
                        .text("rule", RuleText.write(rule))
                        .number("torrents", torrents)
                        .text("who", note.who())
                        .text("why", note.why());
        rest.put("/" + names.audit() + "/_doc/" + number + "-" + key(rule), line.toJson()).good();
    }

    /// Grows with time, and from one call to the next.
    private long nextNumber() {
        long now = Math.multiplyExact(clock.millis(), 1_000L);
        return lastNumber.updateAndGet(last -> Math.max(last + 1, now));
    }

    private static String key(BlockRule rule) {
        return Id.of(Sha1.of(RuleText.write(rule).getBytes(UTF_8))).hex();
    }
}
