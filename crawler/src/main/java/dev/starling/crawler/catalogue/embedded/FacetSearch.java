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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;

/// Counts the matches of a search by their properties, in one pass. Of very many matches it counts
/// those in every n-th place of the index, which has nothing to do with what they are.
final class FacetSearch {

    /// Matches counted at the most, or nearly so: a millisecond. What a tenth of them have is told
    /// to within half of a hundredth.
    private static final int MAX_COUNTED = 5_000;

    private final IndexSearcher searcher;
    private final List<FixedBitSet> matches = new ArrayList<>();
    private final int total;
    private final int stride;

    FacetSearch(IndexSearcher searcher, Query query) throws IOException {
        this.searcher = searcher;
        var weight =
                searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        int count = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            var found = matches(leaf, weight);
            matches.add(found);
            count += found.cardinality();
        }
        this.total = count;
        this.stride = 1 + total / MAX_COUNTED;
    }

    private static FixedBitSet matches(LeafReaderContext leaf, Weight weight) throws IOException {
        var found = new FixedBitSet(leaf.reader().maxDoc());
        Scorer scorer = weight.scorer(leaf);
        if (scorer != null) {
            found.or(scorer.iterator());
            var live = leaf.reader().getLiveDocs();
            if (live != null) {
                live.applyMask(found, 0);
            }
        }
        return found;
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
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            count(leaf, counts);
        }
        List<Facet> facets = new ArrayList<>();
        counts.forEach(
                (property, values) -> facets.add(FacetCount.facet(property, values, stride == 1)));
        return facets;
    }

    private void count(LeafReaderContext leaf, Map<Facet.Property, Map<String, Long>> counts)
            throws IOException {
        List<Ordinals> all = new ArrayList<>();
        for (Facet.Property property : Facet.Property.values()) {
            all.add(new Ordinals(DocValues.getSortedSet(leaf.reader(), field(property))));
        }
        var found = matches.get(leaf.ord);
        for (int doc = next(found, 0); doc < found.length(); doc = next(found, doc + stride)) {
            for (Ordinals ordinals : all) {
                ordinals.count(doc);
            }
        }
        var each = all.iterator();
        for (Map<String, Long> values : counts.values()) {
            each.next().addTo(values, stride);
        }
    }

    /// The first match from a place on that is to be counted; the length if there is none.
    private int next(FixedBitSet found, int from) {
        if (stride == 1) {
            return from >= found.length()
                    ? found.length()
                    : Math.min(found.nextSetBit(from), found.length());
        }
        int doc = from;
        while (doc < found.length() && !found.get(doc)) {
            doc += stride;
        }
        return Math.min(doc, found.length());
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
