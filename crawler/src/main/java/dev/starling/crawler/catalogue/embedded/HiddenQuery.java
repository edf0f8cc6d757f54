package dev.starling.crawler.catalogue.embedded;

import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// What a block hides.
final class HiddenQuery {

    static final Query HIDDEN = new TermQuery(new Term(Fields.HIDDEN, Documents.YES));

    private HiddenQuery() {}
}
