package dev.starling.crawler.web.api;

import dev.starling.crawler.web.http.Access;
import dev.starling.crawler.web.http.Gate;
import dev.starling.crawler.web.http.Refused;
import dev.starling.crawler.web.http.Route;
import dev.starling.crawler.web.http.WebAnswer;
import dev.starling.crawler.web.http.WebRequest;
import dev.starling.node.Event;
import java.util.List;
import java.util.Map;

/// Lets a browser show the key once and read from then on.
public final class SessionApi {

    private final Gate gate;

    public SessionApi(Gate gate) {
        this.gate = gate;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/session", Access.OPEN, this::open),
                Route.delete("/api/v1/session", Access.OPEN, this::close));
    }

    private WebAnswer open(WebRequest request) throws Refused {
        var key = JsonBody.read(request).text("key");
        if (key.filter(gate::opens).isEmpty()) {
            throw new Refused(401, "That is not the key.");
        }
        return answer(gate.sessions().open());
    }

    private WebAnswer close(WebRequest request) {
        return answer(gate.sessions().close(request.header("cookie").orElse("")));
    }

    private static WebAnswer answer(String cookie) {
        return new WebAnswer.Whole(
                200, WebAnswer.JSON, Event.part().toJson(), Map.of("Set-Cookie", cookie));
    }
}
