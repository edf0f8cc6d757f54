package dev.starling.crawler.web.torznab;

import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.WebAnswer;
import java.io.Serial;

/// What Torznab calls an error: a code and a description. Codes from 100 to 199 are about the key.
final class TorznabError extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private static final int UNAUTHORIZED = 401;

    private final int code;

    private TorznabError(int code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    static TorznabError missing(String parameter) {
        return new TorznabError(200, "Missing parameter (" + parameter + ")");
    }

    static TorznabError wrong(String parameter, String value) {
        return new TorznabError(201, "Incorrect parameter (" + parameter + "=" + value + ")");
    }

    static TorznabError noSuchFunction(String function) {
        return new TorznabError(202, "No such function (" + function + ")");
    }

    WebAnswer answer() {
        return answer(400, code, String.valueOf(getMessage()));
    }

    /// How a refusal of the server's is told to such programs.
    static WebAnswer of(Refused refused) {
        boolean isAboutKey = refused.status() == UNAUTHORIZED;
        return answer(
                refused.status(),
                isAboutKey ? 100 : 900,
                isAboutKey ? "Incorrect user credentials" : refused.reason());
    }

    private static WebAnswer answer(int status, int code, String description) {
        var xml = new Xml();
        xml.empty("error", "code", String.valueOf(code), "description", description);
        return WebAnswer.of(status, WebAnswer.XML, xml.end());
    }
}
