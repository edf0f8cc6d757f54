package dev.starling.crawler.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The words of a text in any script, as they are indexed and searched for.
///
/// Cut by Unicode's rules (UAX 29, with dictionaries for scripts without spaces), except that
/// whatever is neither letter, mark nor digit separates words, since names use dots and underscores
/// for spaces, and that each Han character and each kana of hiragana is a word: a query in them is
/// matched as a phrase, so it finds what contains it, however a dictionary would have cut it.
/// Folded so that case, accents, width and forms of digits make no difference. Thread-safe.
public final class Words {

    /// Words of one text that are looked at.
    public static final int MAX_WORDS = 2_000;

    /// UTF-16 units; longer ones are hashes and the like, found by their beginning.
    private static final int MAX_WORD_CHARACTERS = 64;

    private static final Analyzer ICU =
            new Analyzer() {
                @Override
                protected TokenStreamComponents createComponents(String field) {
                    var tokenizer = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
                    return new TokenStreamComponents(tokenizer, new ICUFoldingFilter(tokenizer));
                }
            };

    private Words() {}

    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        try (var stream = ICU.tokenStream("", separated(text))) {
            var word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (words.size() < MAX_WORDS && stream.incrementToken()) {
                if (!word.isEmpty()) {
                    words.add(Contents.bounded(word.toString(), MAX_WORD_CHARACTERS));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading text from memory failed", e);
        }
        return words;
    }

    /// Whether the text holds no word at all.
    public static boolean isEmpty(String text) {
        return of(text).isEmpty();
    }

    private static String separated(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(isInWord(c) ? c : ' '));
        return plain.toString();
    }

    private static boolean isInWord(int c) {
        return Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK ->
                            true;
                    default -> false;
                };
    }
}
