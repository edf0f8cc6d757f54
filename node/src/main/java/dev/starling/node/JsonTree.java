package dev.starling.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON value as it was read: an object, a list, text, a number or a truth value. What is not
/// there reads as empty, so that a reader need not know which version wrote it.
public final class JsonTree {

    private static final JsonFactory JSON = new JsonFactory();

    private final Object value;

    private JsonTree(Object value) {
        this.value = value;
    }

    /// Reads one value.
    ///
    /// @throws tools.jackson.core.JacksonException if it is no JSON
    public static JsonTree parse(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new JsonTree(parser.nextToken() == null ? "" : read(parser));
        }
    }

    /// Jackson bounds how deep values may nest.
    private static Object read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield items;
            }
            case VALUE_NUMBER_INT -> (double) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> String.valueOf(parser.getString());
        };
    }

    /// The value of an object's first field, whatever it is called.
    public JsonTree only() {
        return value instanceof Map<?, ?> fields && !fields.isEmpty()
                ? new JsonTree(fields.values().iterator().next())
                : new JsonTree("");
    }

    /// Whether there is such a field, whatever its value.
    public boolean has(String field) {
        return value instanceof Map<?, ?> fields && fields.containsKey(field);
    }

    public JsonTree at(String field) {
        Object found = value instanceof Map<?, ?> fields ? fields.get(field) : "";
        return new JsonTree(found == null ? "" : found);
    }

    public List<JsonTree> items() {
        return value instanceof List<?> list
                ? list.stream().map(JsonTree::new).toList()
                : List.of();
    }

    public String text(String field) {
        return at(field).value instanceof String text ? text : "";
    }

    public List<String> texts(String field) {
        return at(field).items().stream().map(item -> String.valueOf(item.value)).toList();
    }

    public long number(String field) {
        return at(field).value instanceof Double number ? Math.round(number) : 0;
    }

    public double fraction(String field) {
        return at(field).value instanceof Double number ? number : 0;
    }

    public boolean flag(String field) {
        return at(field).value instanceof Boolean flag && flag;
    }
}
