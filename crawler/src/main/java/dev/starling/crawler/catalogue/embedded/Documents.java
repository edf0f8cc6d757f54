package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.Extensions;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.crawler.catalogue.TorrentText;
import dev.starling.id.Id;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/// Torrents as documents of the index.
final class Documents {

    /// Beginnings of words up to this long are indexed as words of their own: they match so many
    /// words that looking all of those up would take too long.
    static final int SHORT_PREFIX = 3;

    static final String YES = "1";

    private static final FieldType TEXT = text(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);
    private static final FieldType SET = text(IndexOptions.DOCS, true);

    private Documents() {}

    private static FieldType text(IndexOptions options, boolean omitsNorms) {
        var type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(options);
        type.setOmitNorms(omitsNorms);
        type.freeze();
        return type;
    }

    static Term idTerm(Id infoHash) {
        return new Term(Fields.ID, new BytesRef(infoHash.toBytes()));
    }

    static Document of(Row row) {
        var document = new Document();
        var entry = row.found().entry();
        var id = new BytesRef(entry.infoHash().toBytes());
        document.add(new StringField(Fields.ID, id, Field.Store.NO));
        document.add(new BinaryDocValuesField(Fields.ID, id));
        document.add(new NumericDocValuesField(Fields.TIE, tie(entry.infoHash())));
        addLong(document, Fields.KEY, entry.contents().key().high());
        addText(document, TorrentText.of(entry));
        if (row.isHidden()) {
            document.add(new StringField(Fields.HIDDEN, YES, Field.Store.NO));
        }
        addLong(document, Fields.LENGTH, entry.contents().lengthBytes());
        addLong(document, Fields.FIRST_SEEN, entry.sightings().first().getEpochSecond());
        addLong(document, Fields.LAST_SEEN, entry.sightings().last().getEpochSecond());
        Extensions.of(entry.contents())
                .forEach(extension -> document.add(keyword(Fields.EXTENSION, extension)));
        addKind(document, row.found().classification());
        addHealth(document, row.found().health());
        return document;
    }

    /// Unsigned order in a signed number.
    private static long tie(Id infoHash) {
        return infoHash.high() ^ Long.MIN_VALUE;
    }

    private static void addText(Document document, TorrentText text) {
        document.add(new Field(Fields.NAME, new WordStream(List.of(text.name())), TEXT));
        document.add(new Field(Fields.FILES, new WordStream(text.files()), TEXT));
        var prefixes = List.copyOf(prefixes(text));
        document.add(new Field(Fields.PREFIX, new WordStream(List.of(prefixes)), SET));
    }

    private static SequencedSet<String> prefixes(TorrentText text) {
        SequencedSet<String> prefixes = new LinkedHashSet<>();
        Stream.concat(Stream.of(text.name()), text.files().stream())
                .flatMap(List::stream)
                .distinct()
                .forEach(word -> addPrefixes(word, prefixes));
        return prefixes;
    }

    private static void addPrefixes(String word, Set<String> prefixes) {
        int most = Math.min(SHORT_PREFIX, word.codePointCount(0, word.length()));
        for (int characters = 1; characters <= most; characters++) {
            prefixes.add(word.substring(0, word.offsetByCodePoints(0, characters)));
        }
    }

    private static void addKind(Document document, Classification kind) {
        document.add(keyword(Fields.TYPE, kind.type().word()));
        kind.resolution().ifPresent(it -> document.add(keyword(Fields.RESOLUTION, it)));
        kind.languages().forEach(it -> document.add(keyword(Fields.LANGUAGE, it)));
        addNumber(document, Fields.YEAR, kind.year());
        kind.year().ifPresent(it -> document.add(keyword(Fields.YEAR_WORD, it.toString())));
        addNumber(document, Fields.SEASON, kind.season());
        addNumber(document, Fields.EPISODE, kind.episode());
    }

    private static void addHealth(Document document, Optional<SwarmHealth> health) {
        int seeds = health.map(SwarmHealth::seeds).orElse(0);
        addLong(document, Fields.SEEDS, seeds);
        long measured = health.map(it -> it.measured().getEpochSecond()).orElse(0L);
        addLong(document, Fields.MEASURED, measured);
        if (seeds > 0) {
            document.add(new FeatureField(Fields.HEALTH, Fields.SEEDS, seeds));
        }
    }

    /// To be filtered by and, quickly, put in order by.
    private static void addLong(Document document, String field, long value) {
        document.add(new LongPoint(field, value));
        document.add(new NumericDocValuesField(field, value));
    }

    private static void addNumber(Document document, String field, Optional<Integer> value) {
        value.ifPresent(it -> document.add(new IntField(field, it, Field.Store.NO)));
    }

    private static Field keyword(String field, String value) {
        return new KeywordField(field, value, Field.Store.NO);
    }
}
