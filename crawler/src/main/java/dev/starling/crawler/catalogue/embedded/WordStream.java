package dev.starling.crawler.catalogue.embedded;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/// Words cut already, as Lucene takes them. Between two texts lies a gap that no phrase spans.
final class WordStream extends TokenStream {

    /// More than the words of any phrase.
    private static final int GAP = 1_000;

    private final CharTermAttribute word = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final List<List<String>> texts;
    private int text;
    private int index;

    WordStream(List<List<String>> texts) {
        this.texts = texts;
    }

    @Override
    public void reset() {
        text = 0;
        index = 0;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        while (text < texts.size() && index == texts.get(text).size()) {
            text++;
            index = 0;
        }
        if (text == texts.size()) {
            return false;
        }
        step.setPositionIncrement(index == 0 && text > 0 ? GAP : 1);
        word.setEmpty().append(texts.get(text).get(index));
        index++;
        return true;
    }
}
