package dev.starling.crawler.web.http;

import dev.starling.node.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What the server answers.
public sealed interface WebAnswer {

    String JSON = "application/json";
    String TEXT = "text/plain; charset=utf-8";
    String HTML = "text/html; charset=utf-8";
    String XML = "application/xml; charset=utf-8";

    /// All of it at once.
    ///
    /// @param headers besides the content type
    record Whole(int status, String type, String text, Map<String, String> headers)
            implements WebAnswer {

        public Whole {
            headers = Map.copyOf(headers);
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /// Written bit by bit for as long as the client listens.
    record Stream(String type, Writer writer) implements WebAnswer {}

    /// Writes until the client has gone, which shows as an [IOException] or an unchecked one of the
    /// server's.
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    static WebAnswer of(String type, String text) {
        return new Whole(200, type, text, Map.of());
    }

    static WebAnswer of(int status, String type, String text) {
        return new Whole(status, type, text, Map.of());
    }

    static WebAnswer json(Event event) {
        return of(JSON, event.toJson());
    }

    /// How the JSON API says what is wrong.
    static WebAnswer error(int status, String reason) {
        return of(status, JSON, Event.part().text("error", reason).toJson());
    }
}
