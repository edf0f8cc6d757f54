package dev.starling.crawler.web.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as a handler sees it.
///
/// @param origin of this server as the client names it, such as `http://127.0.0.1:8080`
/// @param path the parts that vary, by name
/// @param query the parameters; a name may come several times
/// @param headers the few that handlers look at, names in lower case
public record WebRequest(
        String origin,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body) {

    public WebRequest {
        path = new LinkedHashMap<>(path);
        query = new LinkedHashMap<>(query);
        headers = new LinkedHashMap<>(headers);
    }

    /// One without path, headers and body.
    public static WebRequest of(String rawQuery) {
        return new WebRequest(
                "http://localhost", Map.of(), QueryString.parse(rawQuery), Map.of(), "");
    }

    /// A part of the path.
    public String part(String name) {
        var part = path.get(name);
        if (part == null) {
            throw new IllegalStateException("the route has no part " + name);
        }
        return part;
    }

    /// A parameter that says something, its first value.
    public Optional<String> text(String name) {
        return all(name).stream().findFirst();
    }

    /// The values of a parameter that say something; one value may list several by commas.
    public List<String> list(String name) {
        return all(name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private List<String> all(String name) {
        return query.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /// A whole number that is not negative.
    public Optional<Long> number(String name) throws Refused {
        var text = text(name);
        if (text.isPresent() && !text.get().matches("\\d{1,18}")) {
            throw Refused.badParameter(name, text.get(), "a whole number");
        }
        return text.map(Long::parseLong);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
