package dev.starling.crawler.web.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Takes from Helidon's request what handlers look at.
final class RequestReader {

    /// A rule to block by is some hundred bytes.
    static final int MAX_BODY_BYTES = 65_536;

    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

    private static final List<String> HEADERS =
            List.of(
                    "accept",
                    "authorization",
                    "content-type",
                    "cookie",
                    "if-none-match",
                    "origin",
                    "sec-fetch-dest",
                    "sec-fetch-mode",
                    "sec-fetch-site",
                    "x-api-key");

    private RequestReader() {}

    static WebRequest read(ServerRequest request, Route route) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            request.headers()
                    .first(HeaderNames.create(name))
                    .ifPresent(value -> headers.put(name, value));
        }
        Map<String, String> parts = new LinkedHashMap<>();
        var names = PART.matcher(route.path());
        while (names.find()) {
            String name = names.group(1);
            parts.put(name, request.path().pathParameters().first(name).orElse(""));
        }
        return new WebRequest(
                (request.isSecure() ? "https://" : "http://") + request.authority(),
                parts,
                QueryString.parse(request.query().rawValue()),
                headers,
                route.method() == Method.POST ? body(request) : "");
    }

    private static String body(ServerRequest request) throws IOException {
        if (!request.content().hasEntity()) {
            return "";
        }
        try (var in = request.content().inputStream()) {
            return new String(in.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        }
    }
}
