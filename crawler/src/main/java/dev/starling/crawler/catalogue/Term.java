package dev.starling.crawler.catalogue;

/// One part of a query's text.
public sealed interface Term {

    /// The text as it was typed.
    String text();

    /// A word. What is written in a script without spaces may hold several words; they must then
    /// stand side by side.
    record Word(String text) implements Term {}

    /// Words side by side, in this order.
    record Phrase(String text) implements Term {}

    /// Words side by side of which the last only begins so.
    record Prefix(String text) implements Term {}

    /// What must not match.
    record Without(Term term) implements Term {
        public Without {
            if (term instanceof Without) {
                throw new IllegalArgumentException("a term is excluded once: " + term);
            }
        }

        @Override
        public String text() {
            return term.text();
        }
    }
}
