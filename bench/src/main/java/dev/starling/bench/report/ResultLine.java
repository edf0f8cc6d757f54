package dev.starling.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// One line that a benchmark printed with `--json`: its fields, text and numbers, in their order.
record ResultLine(SequencedMap<String, Object> fields) {

    private static final JsonFactory JSON = new JsonFactory();

    ResultLine {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /// Nothing if the text is no JSON object; lists and objects inside are left out.
    static Optional<ResultLine> parse(String text) {
        var fields = new LinkedHashMap<String, Object>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                var value = json.nextToken();
                if (value.isNumeric()) {
                    fields.put(name, json.getDoubleValue());
                } else if (value == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        } catch (StreamReadException e) {
            return Optional.empty();
        }
        return Optional.of(new ResultLine(fields));
    }

    boolean is(String event) {
        return text("event").equals(event);
    }

    /// Empty where there is no such text.
    String text(String field) {
        return fields.get(field) instanceof String text ? text : "";
    }

    /// Zero where there is no such number.
    double number(String field) {
        return fields.get(field) instanceof Double number ? number : 0;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }
}
