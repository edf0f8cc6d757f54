package dev.starling.crawler.catalogue.embedded;

import dev.starling.id.Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;

/// The visible torrents that come first by some age.
final class Stalest {

    private static final SortField TIE = new SortField(Fields.TIE, SortField.Type.LONG);

    /// Measured longest ago.
    static final Sort MEASURED = new Sort(new SortField(Fields.MEASURED, SortField.Type.LONG), TIE);

    /// Least worth keeping: the fewest seeds, then seen longest ago.
    static final Sort WORTH =
            new Sort(
                    new SortField(Fields.SEEDS, SortField.Type.LONG),
                    new SortField(Fields.LAST_SEEN, SortField.Type.LONG),
                    TIE);

    private Stalest() {}

    static List<Id> of(IndexSearcher searcher, Sort order, int limit) throws IOException {
        var visible =
                new BooleanQuery.Builder()
                        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                        .add(new TermQuery(new Term(Fields.HIDDEN, Documents.YES)), Occur.MUST_NOT)
                        .build();
        List<Id> found = new ArrayList<>();
        var leaves = searcher.getIndexReader().leaves();
        for (ScoreDoc doc : searcher.search(visible, Math.max(1, limit), order).scoreDocs) {
            var leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
            found.add(Searches.id(leaf, doc.doc - leaf.docBase));
        }
        return found;
    }
}
