package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.CatalogueQuery;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.Range;
import dev.starling.crawler.catalogue.Term;
import dev.starling.crawler.catalogue.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/// Searches as Lucene's queries.
final class Queries {

    /// A match in the name counts for as many in the files.
    private static final float NAME_WEIGHT = 3;

    /// What the healthiest swarm adds to a score; a rare word in a name adds some tens.
    private static final float HEALTH_WEIGHT = 6;

    /// As many seeds add half of [#HEALTH_WEIGHT].
    private static final float HALF_HEALTH_SEEDS = 8;

    /// What a match in the files adds to one in the name: nothing, for then matches that cannot get
    /// among the best are skipped.
    private static final float TIE_SHARE = 0;

    /// Words that the last word of a phrase may go on to; further ones are not looked at.
    private static final int MAX_EXPANSIONS = 10_000;

    private final IndexReader reader;

    /// @param reader tells which words there are
    Queries(IndexReader reader) {
        this.reader = reader;
    }

    /// What matches and is visible, scored.
    Query visible(CatalogueQuery query) throws IOException {
        var all = new BooleanQuery.Builder();
        addAll(all, query.terms(), query.filters());
        all.add(new TermQuery(term(Fields.HIDDEN, Documents.YES)), Occur.MUST_NOT);
        all.add(
                FeatureField.newSaturationQuery(
                        Fields.HEALTH, Fields.SEEDS, HEALTH_WEIGHT, HALF_HEALTH_SEEDS),
                Occur.SHOULD);
        return all.build();
    }

    /// What matches and is hidden or not, as asked.
    Query matching(List<Term> terms, Filters filters, boolean isHidden) throws IOException {
        var all = new BooleanQuery.Builder();
        addAll(all, terms, filters);
        var hidden = new TermQuery(term(Fields.HIDDEN, Documents.YES));
        all.add(hidden, isHidden ? Occur.FILTER : Occur.MUST_NOT);
        return all.build();
    }

    private void addAll(BooleanQuery.Builder all, List<Term> terms, Filters filters)
            throws IOException {
        boolean hasPositive = false;
        for (Term term : terms) {
            if (term instanceof Term.Without(Term inner)) {
                all.add(text(inner), Occur.MUST_NOT);
            } else {
                all.add(text(term), Occur.MUST);
                hasPositive = true;
            }
        }
        if (!hasPositive) {
            all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        }
        filters(filters).forEach(filter -> all.add(filter, Occur.FILTER));
    }

    private Query text(Term term) throws IOException {
        return switch (term) {
            case Term.Word(var text) -> phrase(Words.of(text));
            case Term.Phrase(var text) -> phrase(Words.of(text));
            case Term.Prefix(var text) -> prefix(Words.of(text));
            case Term.Without(var inner) ->
                    throw new IllegalStateException("excluded twice: " + inner);
        };
    }

    private static Query phrase(List<String> words) {
        return words.isEmpty()
                ? new MatchNoDocsQuery("no word")
                : either(phrase(Fields.NAME, words), phrase(Fields.FILES, words));
    }

    private static Query phrase(String field, List<String> words) {
        return words.size() == 1
                ? new TermQuery(term(field, words.getFirst()))
                : new PhraseQuery(field, words.toArray(String[]::new));
    }

    private static Query either(Query name, Query files) {
        return new DisjunctionMaxQuery(
                List.of(new BoostQuery(name, NAME_WEIGHT), files), TIE_SHARE);
    }

    private Query prefix(List<String> words) throws IOException {
        if (words.isEmpty()) {
            return new MatchNoDocsQuery("no word");
        }
        String last = words.getLast();
        if (words.size() > 1) {
            return either(prefix(Fields.NAME, words), prefix(Fields.FILES, words));
        }
        boolean isShort = last.codePointCount(0, last.length()) <= Documents.SHORT_PREFIX;
        return isShort
                ? new ConstantScoreQuery(new TermQuery(term(Fields.PREFIX, last)))
                : either(
                        new PrefixQuery(term(Fields.NAME, last)),
                        new PrefixQuery(term(Fields.FILES, last)));
    }

    private Query prefix(String field, List<String> words) throws IOException {
        var phrase = new MultiPhraseQuery.Builder();
        for (String word : words.subList(0, words.size() - 1)) {
            phrase.add(term(field, word));
        }
        var ends = expansions(field, words.getLast());
        return ends.length == 0
                ? new MatchNoDocsQuery("no word goes on like that")
                : phrase.add(ends).build();
    }

    private org.apache.lucene.index.Term[] expansions(String field, String beginning)
            throws IOException {
        List<org.apache.lucene.index.Term> found = new ArrayList<>();
        var all = MultiTerms.getTerms(reader, field);
        if (all != null) {
            TermsEnum words = all.iterator();
            boolean isThere = words.seekCeil(new BytesRef(beginning)) != TermsEnum.SeekStatus.END;
            while (isThere
                    && found.size() < MAX_EXPANSIONS
                    && words.term().utf8ToString().startsWith(beginning)) {
                found.add(term(field, words.term().utf8ToString()));
                isThere = words.next() != null;
            }
        }
        return found.toArray(org.apache.lucene.index.Term[]::new);
    }

    private static List<Query> filters(Filters filters) {
        List<Query> all = new ArrayList<>();
        addSet(all, Fields.TYPE, filters.types().stream().map(ContentType::word).toList());
        addSet(all, Fields.EXTENSION, filters.extensions());
        addRange(all, Fields.LENGTH, filters.lengthBytes());
        addRange(all, Fields.FIRST_SEEN, filters.firstSeen());
        addRange(all, Fields.SEEDS, filters.seeds());
        addSmallRange(all, Fields.YEAR, filters.year());
        addSmallRange(all, Fields.SEASON, filters.season());
        addSmallRange(all, Fields.EPISODE, filters.episode());
        filters.resolution().ifPresent(it -> addSet(all, Fields.RESOLUTION, List.of(it)));
        filters.language().ifPresent(it -> addSet(all, Fields.LANGUAGE, List.of(it)));
        return all;
    }

    private static void addSet(List<Query> all, String field, Collection<String> values) {
        if (!values.isEmpty()) {
            var bytes = values.stream().map(BytesRef::new).toList();
            all.add(KeywordField.newSetQuery(field, bytes));
        }
    }

    private static void addRange(List<Query> all, String field, Range range) {
        if (!range.isAny()) {
            all.add(
                    new IndexOrDocValuesQuery(
                            LongPoint.newRangeQuery(field, range.least(), range.most()),
                            NumericDocValuesField.newSlowRangeQuery(
                                    field, range.least(), range.most())));
        }
    }

    private static void addSmallRange(List<Query> all, String field, Range range) {
        if (!range.isAny()) {
            int least = Math.clamp(range.least(), 0, Integer.MAX_VALUE);
            int most = Math.clamp(range.most(), 0, Integer.MAX_VALUE);
            all.add(IntField.newRangeQuery(field, least, most));
        }
    }

    private static org.apache.lucene.index.Term term(String field, String word) {
        return new org.apache.lucene.index.Term(field, word);
    }
}
