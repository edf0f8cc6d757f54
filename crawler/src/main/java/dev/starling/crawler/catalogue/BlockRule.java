package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.util.List;

/// What is to be kept out of sight. Equal rules are one block.
public sealed interface BlockRule {

    /// One torrent.
    record Hash(Id infoHash) implements BlockRule {}

    /// Whole words, side by side if several, in the name or in a path; never a part of a word.
    record Word(String text) implements BlockRule {
        public Word {
            if (Words.isEmpty(text)) {
                throw new IllegalArgumentException("'" + text + "' holds no word to block");
            }
            text = String.join(" ", Words.of(text));
        }
    }

    /// Whatever matches terms and filters. Of the filters only those on what cannot change: not on
    /// age and seeds.
    record Rule(List<Term> terms, Filters filters) implements BlockRule {
        public Rule {
            terms = List.copyOf(terms);
            if (!filters.seeds().isAny() || !filters.firstSeen().isAny()) {
                throw new IllegalArgumentException(
                        "a block by seeds or age would change with time");
            }
            if (terms.stream().allMatch(Term.Without.class::isInstance)
                    && filters.equals(Filters.NONE)) {
                throw new IllegalArgumentException("this rule would block nearly everything");
            }
        }
    }

    /// Whether this torrent is to be kept out of sight.
    default boolean matches(Found found, TorrentText text) {
        return switch (this) {
            case Hash(var infoHash) -> infoHash.equals(found.entry().infoHash());
            case Word(var word) -> text.matches(new Term.Phrase(word));
            case Rule(var terms, var filters) ->
                    QueryMatch.matches(filters, found) && QueryMatch.matches(terms, text);
        };
    }
}
