package dev.starling.node;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One line of `--json` output: a name and fields in the order they were given.
///
/// Fields are text, whole numbers, fractions, truth values, nested objects, or lists of any of
/// these.
public final class Event {

    private static final JsonFactory JSON = new JsonFactory();

    private final SequencedMap<String, Object> fields = new LinkedHashMap<>();

    private Event() {}

    public static Event of(String name) {
        return new Event().put("event", name);
    }

    /// An object inside a list, without a name.
    public static Event part() {
        return new Event();
    }

    public Event text(String field, String value) {
        return put(field, value);
    }

    public Event number(String field, long value) {
        return put(field, value);
    }

    /// A fraction, rounded to three digits.
    public Event fraction(String field, double value) {
        return put(field, Math.round(value * 1_000) / 1_000.0);
    }

    public Event flag(String field, boolean value) {
        return put(field, value);
    }

    public Event texts(String field, List<String> values) {
        return put(field, List.copyOf(values));
    }

    public Event numbers(String field, List<? extends Number> values) {
        return put(field, values.stream().map(Number::longValue).toList());
    }

    /// One object inside this one.
    public Event nested(String field, Event value) {
        return put(field, value);
    }

    public Event parts(String field, List<Event> values) {
        return put(field, new ArrayList<>(values));
    }

    private Event put(String field, Object value) {
        if (fields.putIfAbsent(field, value) != null) {
            throw new IllegalStateException("field " + field + " is given twice");
        }
        return this;
    }

    /// One JSON object without a line break.
    public String toJson() {
        var line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            write(json, this);
        }
        return line.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Event event -> {
                json.writeStartObject();
                for (Map.Entry<String, Object> field : event.fields.entrySet()) {
                    json.writeName(field.getKey());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            case Double fraction -> json.writeNumber(fraction);
            default -> json.writeString(value.toString());
        }
    }
}
