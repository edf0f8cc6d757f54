package dev.starling.crawler.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RuleTextTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void rulesAreReadAsTheyAreWritten() {
        for (String text :
                List.of(
                        "hash:" + HASH,
                        "word:two words",
                        "rule:cracked -review type:software size:0..5000000",
                        "rule:\"night train\" amd* -\"a b\" type:audio,video ext:exe,scr",
                        "rule:\"type:video\" year:1999..2008 season:2.. episode:1..1",
                        "rule:resolution:480p language:de")) {
            var rule = RuleText.parse(text);

            assertThat(RuleText.parse(RuleText.write(rule))).as(text).isEqualTo(rule);
        }
    }

    @Test
    void partsOfARuleNarrowWhatItMatches() {
        var rule = RuleText.parse("rule:codec type:software ext:exe size:..50 year:1999");

        assertThat(rule)
                .isEqualTo(
                        new BlockRule.Rule(
                                List.of(new Term.Word("codec")),
                                Filters.NONE
                                        .withTypes(Set.of(ContentType.SOFTWARE))
                                        .withExtensions(Set.of("exe"))
                                        .withLengthBytes(Range.atMost(50))
                                        .withYear(Range.only(1999))));
    }

    @Test
    void whatIsNoRuleIsRefusedInWords() {
        for (String text :
                List.of(
                        "",
                        "spam",
                        "hash:12",
                        "word:...",
                        "rule:",
                        "rule:-spam",
                        "rule:size:x",
                        "rule:type:films")) {
            assertThatThrownBy(() -> RuleText.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void sameWordsAreTheSameBlock() {
        assertThat(RuleText.parse("word:Some.WORDS")).isEqualTo(RuleText.parse("word:some words"));
    }
}
