package dev.starling.crawler.web.api;

import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// A request's JSON object, read field by field.
final class JsonBody {

    private static final ObjectMapper MAPPER = JsonMapper.shared();

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /// @throws Refused if it is no JSON object, or not said to be JSON: a form of another site's
    ///   page can send what looks like JSON, but not say that it is
    static JsonBody read(WebRequest request) throws Refused {
        var type = request.header("content-type").orElse("");
        if (!type.split(";", -1)[0].strip().equalsIgnoreCase(WebAnswer.JSON)) {
            throw new Refused(415, "The body must be " + WebAnswer.JSON + ".");
        }
        try {
            var node = MAPPER.readTree(request.body());
            if (!node.isObject()) {
                throw new Refused(400, "The body is no JSON object.");
            }
            return new JsonBody(node);
        } catch (JacksonException e) {
            throw new Refused(400, "The body is no JSON: " + e.getOriginalMessage());
        }
    }

    Optional<String> text(String field) throws Refused {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Refused.badParameter(field, value.toString(), "a string");
        }
        return Optional.of(value.stringValue());
    }

    boolean has(String field) {
        return object.has(field);
    }

    boolean flag(String field) throws Refused {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw Refused.badParameter(field, value.toString(), "true or false");
        }
        return value.booleanValue();
    }

    List<String> texts(String field) throws Refused {
        var value = object.get(field);
        List<String> texts = new ArrayList<>();
        if (value == null || value.isNull()) {
            return texts;
        }
        for (JsonNode element : value) {
            if (!element.isString()) {
                throw Refused.badParameter(field, value.toString(), "a list of strings");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    Optional<Long> number(String field) throws Refused {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw Refused.badParameter(field, value.toString(), "a whole number");
        }
        return Optional.of(value.longValue());
    }
}
