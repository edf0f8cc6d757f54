package dev.starling.crawler.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Text as a person types it: `debian "net install" amd* -arm`.
///
/// Words all have to match; `"..."` is a phrase, `...*` a beginning, `-` before any of them
/// excludes it. Nothing is malformed: what makes no sense is taken as a word.
public final class QueryText {

    /// UTF-16 units that are looked at.
    private static final int MAX_CHARACTERS = 1_000;

    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"?|([^\\s\"]+))(\\*?)");

    private QueryText() {}

    public static List<Term> parse(String text) {
        List<Term> terms = new ArrayList<>();
        var parts = PART.matcher(Contents.bounded(text, MAX_CHARACTERS));
        while (parts.find() && terms.size() < CatalogueQuery.MAX_TERMS) {
            var term =
                    parts.group(2) != null
                            ? phrase(parts.group(2), !parts.group(4).isEmpty())
                            : word(parts.group(3));
            if (Words.isEmpty(term.text())) {
                continue;
            }
            terms.add(parts.group(1).isEmpty() ? term : new Term.Without(term));
        }
        return List.copyOf(terms);
    }

    private static Term phrase(String text, boolean isPrefix) {
        return isPrefix ? new Term.Prefix(text) : new Term.Phrase(text);
    }

    private static Term word(String text) {
        return text.endsWith("*")
                ? new Term.Prefix(text.substring(0, text.length() - 1))
                : new Term.Word(text);
    }

    /// The terms as text that [#parse] reads again.
    public static String write(List<Term> terms) {
        return String.join(" ", terms.stream().map(QueryText::write).toList());
    }

    private static String write(Term term) {
        return switch (term) {
            case Term.Word(var text) -> text;
            case Term.Phrase(var text) -> "\"" + text + "\"";
            case Term.Prefix(var text) when text.contains(" ") -> "\"" + text + "\"*";
            case Term.Prefix(var text) -> text + "*";
            case Term.Without(var inner) -> "-" + write(inner);
        };
    }
}
