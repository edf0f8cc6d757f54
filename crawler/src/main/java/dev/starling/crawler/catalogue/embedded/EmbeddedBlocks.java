package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.AuditLine;
import dev.starling.crawler.catalogue.Block;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.BlockSet;
import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Term;
import dev.starling.crawler.catalogue.TorrentText;
import dev.starling.crawler.catalogue.embedded.BlockRows.State;
import dev.starling.crawler.catalogue.embedded.BlockRows.Stored;
import dev.starling.id.Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.apache.lucene.search.IndexSearcher;

/// The blocks of an embedded catalogue.
///
/// A block is on disk before it is applied, marked as begun, and marked as done after; what a crash
/// leaves begun is finished at the next start.
final class EmbeddedBlocks implements Blocks {

    private final Writing writing;
    private final BlockRows stored;

    /// In the order they were added; changed under the write lock.
    private final SequencedMap<BlockRule, Stored> inForce = new LinkedHashMap<>();

    private volatile BlockSet set = BlockSet.EMPTY;

    EmbeddedBlocks(Writing writing) throws IOException {
        this.writing = writing;
        this.stored = new BlockRows(writing.store());
        for (Stored each : stored.readAll()) {
            inForce.put(each.block().rule(), each);
        }
        set = new BlockSet(inForce.keySet());
    }

    BlockSet set() {
        return set;
    }

    /// Finishes what a crash interrupted.
    void finish() throws IOException {
        for (Stored each : List.copyOf(inForce.values())) {
            switch (each.state()) {
                case APPLYING -> writing.changing(() -> apply(each));
                case LIFTING -> writing.changing(() -> takeBack(each, each.block().note()));
                case DONE -> {}
            }
        }
    }

    @Override
    public Preview preview(BlockRule rule, int examples) throws IOException {
        return writing.reading(
                () -> preview(candidates(rule, false), row -> matches(rule, row), examples));
    }

    @Override
    public Preview previewLift(BlockRule rule, int examples) throws IOException {
        if (!isInForce(rule)) {
            return new Preview(0, List.of());
        }
        return writing.reading(
                () -> preview(candidates(rule, true), row -> isOnlyHiddenBy(rule, row), examples));
    }

    private Preview preview(List<Id> candidates, Predicate<Row> affected, int examples)
            throws IOException {
        long count = 0;
        List<Row> shown = new ArrayList<>();
        for (List<Id> chunk : Rows.chunks(candidates, Writing.CHUNK)) {
            for (Row row : writing.rows().read(chunk).values()) {
                if (affected.test(row)) {
                    count++;
                    if (shown.size() < examples) {
                        shown.add(row);
                    }
                }
            }
        }
        return new Preview(count, shown.stream().map(row -> row.found().entry()).toList());
    }

    @Override
    public long add(BlockRule rule, Note note) throws IOException {
        return writing.changing(() -> {
            if (isInForce(rule)) {
                return 0L;
            }
            if (inForce.size() >= MAX_BLOCKS) {
                throw new IOException("there are " + MAX_BLOCKS + " blocks already");
            }
            var block = new Block(rule, writing.now(), note);
            var begun = stored.begin(block);
            put(begun);
            return apply(begun);
        });
    }

    private long apply(Stored begun) throws IOException {
        var rule = begun.block().rule();
        long count = change(candidates(rule, false), row -> matches(rule, row), true);
        put(stored.done(begun, log(AuditLine.Action.ADDED, rule, count, begun.block().note())));
        return count;
    }

    @Override
    public long lift(BlockRule rule, Note note) throws IOException {
        return writing.changing(() -> {
            var there = inForce.get(rule);
            if (there == null) {
                return 0L;
            }
            return takeBack(stored.lifting(there), note);
        });
    }

    private long takeBack(Stored lifting, Note note) throws IOException {
        var rule = lifting.block().rule();
        put(lifting);
        var hidden = candidates(rule, true);
        long count = change(hidden, row -> isOnlyHiddenBy(rule, row), false);
        stored.remove(rule, log(AuditLine.Action.LIFTED, rule, count, note));
        inForce.remove(rule);
        set = new BlockSet(inForce.keySet());
        return count;
    }

    private AuditLine log(AuditLine.Action action, BlockRule rule, long torrents, Note note) {
        return new AuditLine(writing.now(), action, rule, torrents, note);
    }

    private void put(Stored each) {
        inForce.put(each.block().rule(), each);
        set = new BlockSet(inForce.keySet());
    }

    /// Hides or shows what is affected; says how much it was.
    private long change(List<Id> candidates, Predicate<Row> affected, boolean isHidden)
            throws IOException {
        long count = 0;
        for (List<Id> chunk : Rows.chunks(candidates, Writing.CHUNK)) {
            var changed =
                    writing.rows().read(chunk).values().stream()
                            .filter(affected)
                            .map(row -> row.hidden(isHidden))
                            .toList();
            writing.write(changed, true);
            count += changed.size();
        }
        writing.index().refresh();
        return count;
    }

    private static boolean matches(BlockRule rule, Row row) {
        return !row.isHidden() && rule.matches(row.found(), TorrentText.of(row.found().entry()));
    }

    private boolean isOnlyHiddenBy(BlockRule rule, Row row) {
        var text = TorrentText.of(row.found().entry());
        return row.isHidden()
                && rule.matches(row.found(), text)
                && !set.matchesBeside(rule, row.found(), text);
    }

    /// Every torrent that the rule may match, by the index as it is now.
    private List<Id> candidates(BlockRule rule, boolean isHidden) throws IOException {
        return switch (rule) {
            case BlockRule.Hash(var infoHash) -> List.of(infoHash);
            case BlockRule.Word(var word) ->
                    candidates(List.of(new Term.Phrase(word)), Filters.NONE, isHidden);
            case BlockRule.Rule(var terms, var filters) -> candidates(terms, filters, isHidden);
        };
    }

    private List<Id> candidates(List<Term> terms, Filters filters, boolean isHidden)
            throws IOException {
        writing.index().refresh();
        return writing.index()
                .search((IndexSearcher searcher) -> {
                    var queries = new Queries(searcher.getIndexReader());
                    return Everything.of(searcher, queries.matching(terms, filters, isHidden));
                });
    }

    private boolean isInForce(BlockRule rule) {
        return Map.copyOf(inForce).containsKey(rule);
    }

    @Override
    public List<Block> all() throws IOException {
        return writing.reading(() ->
                stored.readAll().stream()
                        .filter(each -> each.state() != State.LIFTING)
                        .map(Stored::block)
                        .toList());
    }

    @Override
    public boolean isBlocked(Id infoHash) {
        return set.contains(infoHash);
    }

    @Override
    public List<AuditLine> audit(int limit) throws IOException {
        return writing.reading(() -> stored.audit(limit));
    }
}
