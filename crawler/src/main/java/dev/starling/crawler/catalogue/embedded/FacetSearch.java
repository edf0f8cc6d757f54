package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.Facet;
import dev.starling.crawler.catalogue.FacetCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/// Counts the matches of a search by their properties, in one pass. Of very many matches it counts
/// every n-th, whose place in the index has nothing to do with what they are.
final class FacetSearch {

    /// Matches counted at the most: a few milliseconds.
    private static final int MAX_COUNTED = 20_000;

    private final IndexSearcher searcher;
    private final Query query;
    private final int total;
    private final int stride;

    FacetSearch(IndexSearcher searcher, Query query) throws IOException {
        this.searcher = searcher;
        this.query = query;
        this.total = searcher.count(query);
        this.stride = 1 + total / MAX_COUNTED;
    }

    /// How many match, exactly.
    int total() {
        return total;
    }

    List<Facet> facets() throws IOException {
        Map<Facet.Property, Map<String, Long>> counts = new EnumMap<>(Facet.Property.class);
        for (Facet.Property property : Facet.Property.values()) {
            counts.put(property, new TreeMap<>());
        }
        var weight =
                searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            count(leaf, weight, counts);
        }
        List<Facet> facets = new ArrayList<>();
        counts.forEach(
                (property, values) -> facets.add(FacetCount.facet(property, values, stride == 1)));
        return facets;
    }

    private void count(
            LeafReaderContext leaf, Weight weight, Map<Facet.Property, Map<String, Long>> counts)
            throws IOException {
        Scorer scorer = weight.scorer(leaf);
        if (scorer == null) {
            return;
        }
        List<Ordinals> all = new ArrayList<>();
        for (Facet.Property property : Facet.Property.values()) {
            all.add(new Ordinals(DocValues.getSortedSet(leaf.reader(), field(property))));
        }
        var live = leaf.reader().getLiveDocs();
        var docs = scorer.iterator();
        int doc = docs.nextDoc();
        for (int passed = 0; doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
            if (live == null || live.get(doc)) {
                if (passed % stride == 0) {
                    for (Ordinals ordinals : all) {
                        ordinals.count(doc);
                    }
                }
                passed++;
            }
        }
        var each = all.iterator();
        for (Map<String, Long> values : counts.values()) {
            each.next().addTo(values, stride);
        }
    }

    private static String field(Facet.Property property) {
        return switch (property) {
            case TYPE -> Fields.TYPE;
            case RESOLUTION -> Fields.RESOLUTION;
            case LANGUAGE -> Fields.LANGUAGE;
            case YEAR -> Fields.YEAR_WORD;
            case EXTENSION -> Fields.EXTENSION;
        };
    }

    /// How often each value of one property occurs in one segment.
    private static final class Ordinals {
        private final SortedSetDocValues values;
        private final int[] counts;

        Ordinals(SortedSetDocValues values) {
            this.values = values;
            this.counts = new int[Math.toIntExact(values.getValueCount())];
        }

        void count(int doc) throws IOException {
            if (values.advanceExact(doc)) {
                for (int i = 0; i < values.docValueCount(); i++) {
                    counts[Math.toIntExact(values.nextOrd())]++;
                }
            }
        }

        void addTo(Map<String, Long> all, int stride) throws IOException {
            for (int ordinal = 0; ordinal < counts.length; ordinal++) {
                if (counts[ordinal] > 0) {
                    String value = values.lookupOrd(ordinal).utf8ToString();
                    all.merge(value, (long) counts[ordinal] * stride, Long::sum);
                }
            }
        }
    }
}
