package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.Hit;
import dev.starling.crawler.catalogue.Order;
import dev.starling.crawler.catalogue.Term;
import dev.starling.id.Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;

/// One search over one state of the index.
final class Searches {

    /// Matches are counted up to here where nothing else needs all of them.
    private static final int COUNTED = 1_000;

    /// Matches asked for at first, for each hit wanted: some are copies of others.
    private static final int FIRST_SHARE = 2;

    /// Matches looked at for one page, however many of them are copies.
    private static final int MAX_LOOKED_AT = 40_000;

    private static final SortField TIE = new SortField(Fields.TIE, SortField.Type.LONG);

    private final IndexSearcher searcher;
    private final CatalogueQuery query;
    private final Query matching;

    Searches(IndexSearcher searcher, CatalogueQuery query) throws IOException {
        this.searcher = searcher;
        this.query = query;
        this.matching = new Queries(searcher.getIndexReader()).visible(query);
    }

    /// A torrent that was found, by infohash.
    ///
    /// @param key tells copies
    record Match(Id infoHash, long key, double score) {}

    /// The page's hits, each with its copies, and how many matched.
    record Page(SequencedMap<Match, List<Id>> hits, long total, boolean isExact) {}

    Query matching() {
        return matching;
    }

    Page page() throws IOException {
        int wanted = query.window().offset() + query.window().limit();
        int asked = Math.max(1, FIRST_SHARE * wanted);
        while (true) {
            var top = top(matching, asked);
            var groups = groups(top.scoreDocs);
            boolean isAll = top.scoreDocs.length < asked;
            if (groups.size() >= wanted || isAll || asked >= MAX_LOOKED_AT) {
                var page =
                        groups.stream()
                                .skip(query.window().offset())
                                .limit(query.window().limit())
                                .toList();
                boolean isExact = top.totalHits.relation() == TotalHits.Relation.EQUAL_TO;
                return new Page(withCopies(page), top.totalHits.value(), isExact);
            }
            asked = Math.min(MAX_LOOKED_AT, asked * 4);
        }
    }

    private TopFieldDocs top(Query query, int count) throws IOException {
        return searcher.search(query, new TopFieldCollectorManager(sort(), count, null, COUNTED));
    }

    private Sort sort() {
        return switch (query.order()) {
            case RELEVANCE ->
                    hasText() ? new Sort(SortField.FIELD_SCORE, TIE) : by(Fields.SEEDS, true);
            case SEEDS -> by(Fields.SEEDS, true);
            case NEWEST -> by(Fields.FIRST_SEEN, true);
            case OLDEST -> by(Fields.FIRST_SEEN, false);
            case LARGEST -> by(Fields.LENGTH, true);
            case SMALLEST -> by(Fields.LENGTH, false);
        };
    }

    private boolean hasText() {
        return query.order() == Order.RELEVANCE
                && query.terms().stream().anyMatch(term -> !(term instanceof Term.Without));
    }

    private static Sort by(String field, boolean isReverse) {
        return new Sort(new SortField(field, SortField.Type.LONG, isReverse), TIE);
    }

    /// The first match of each set of copies, in their order.
    private List<Match> groups(ScoreDoc[] docs) throws IOException {
        Map<Long, Match> first = new LinkedHashMap<>();
        for (Match match : matches(docs)) {
            first.putIfAbsent(match.key(), match);
        }
        return List.copyOf(first.values());
    }

    private List<Match> matches(ScoreDoc[] docs) throws IOException {
        List<Match> matches = new ArrayList<>();
        for (ScoreDoc doc : docs) {
            var leaves = searcher.getIndexReader().leaves();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
            var keys = DocValues.getNumeric(leaf.reader(), Fields.KEY);
            keys.advanceExact(doc.doc - leaf.docBase);
            matches.add(new Match(id(leaf, doc.doc - leaf.docBase), keys.longValue(), score(doc)));
        }
        return matches;
    }

    static Id id(LeafReaderContext leaf, int doc) throws IOException {
        var ids = DocValues.getBinary(leaf.reader(), Fields.ID);
        if (!ids.advanceExact(doc)) {
            throw new IllegalStateException("document " + doc + " has no infohash");
        }
        var bytes = ids.binaryValue();
        return Id.of(bytes.bytes, bytes.offset);
    }

    private static double score(ScoreDoc doc) {
        return doc instanceof FieldDoc field && field.fields[0] instanceof Number number
                ? number.doubleValue()
                : 0;
    }

    /// One search more finds the copies of all hits.
    private SequencedMap<Match, List<Id>> withCopies(List<Match> hits) throws IOException {
        Map<Long, List<Id>> copies = copies(hits.stream().map(Match::key).toList());
        SequencedMap<Match, List<Id>> page = new LinkedHashMap<>();
        for (Match hit : hits) {
            var others =
                    copies.getOrDefault(hit.key(), List.of()).stream()
                            .filter(it -> !it.equals(hit.infoHash()))
                            .limit(Hit.MAX_COPIES)
                            .toList();
            page.put(hit, others);
        }
        return page;
    }

    private Map<Long, List<Id>> copies(Collection<Long> keys) throws IOException {
        Map<Long, List<Id>> copies = new TreeMap<>();
        if (keys.isEmpty()) {
            return copies;
        }
        long[] values = keys.stream().mapToLong(Long::longValue).toArray();
        var sharing =
                new BooleanQuery.Builder()
                        .add(matching, Occur.MUST)
                        .add(LongPoint.newSetQuery(Fields.KEY, values), Occur.FILTER)
                        .build();
        int most = keys.size() * (Hit.MAX_COPIES + 1);
        for (Match match : matches(top(sharing, most).scoreDocs)) {
            copies.computeIfAbsent(match.key(), _ -> new ArrayList<>()).add(match.infoHash());
        }
        return copies;
    }
}
