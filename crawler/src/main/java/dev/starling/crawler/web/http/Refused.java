package dev.starling.crawler.web.http;

import java.io.Serial;

/// A request that cannot be answered as it is, told to whoever made it.
public final class Refused extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final int status;

    public Refused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public static Refused badParameter(String name, String value, String expected) {
        return new Refused(400, "%s is '%s', expected %s".formatted(name, value, expected));
    }

    public static Refused notFound(String what) {
        return new Refused(404, what);
    }

    /// As of HTTP.
    public int status() {
        return status;
    }

    /// In words for a person.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
