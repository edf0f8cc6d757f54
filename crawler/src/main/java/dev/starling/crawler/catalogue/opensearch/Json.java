package dev.starling.crawler.catalogue.opensearch;

import dev.starling.node.Event;
import java.util.List;

/// Pieces of OpenSearch's query language.
final class Json {

    private Json() {}

    static Event object(String field, Event value) {
        return Event.part().nested(field, value);
    }

    static Event text(String field, String value) {
        return Event.part().text(field, value);
    }

    static Event number(String field, long value) {
        return Event.part().number(field, value);
    }

    static Event term(String field, String value) {
        return object("term", text(field, value));
    }

    static Event terms(String field, List<String> values) {
        return object("terms", Event.part().texts(field, values));
    }

    static Event flag(String field, boolean value) {
        return object("term", Event.part().flag(field, value));
    }

    static Event order(String field, boolean isDescending) {
        return text(field, isDescending ? "desc" : "asc");
    }
}
