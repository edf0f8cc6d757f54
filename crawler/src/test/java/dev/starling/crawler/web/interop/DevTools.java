package dev.starling.crawler.web.interop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chromium's DevTools protocol over a WebSocket: calls and their answers, for one page.
final class DevTools implements WebSocket.Listener {

    private final Duration patience;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private volatile String session = "";

    DevTools(HttpClient client, URI endpoint, Duration patience) {
        this.patience = patience;
        socket = client.newWebSocketBuilder().buildAsync(endpoint, this).join();
        var target = call("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
        session =
                call(
                                "Target.attachToTarget",
                                Map.of("targetId", target.stringValue(), "flatten", true))
                        .get("sessionId")
                        .stringValue();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    /// The answer to a call.
    JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("method", method);
        call.put("params", parameters);
        if (!session.isEmpty()) {
            call.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        socket.sendText(JsonMapper.shared().writeValueAsString(call), true).join();
        try {
            var node = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (node.has("error")) {
                throw new AssertionError(method + ": " + node.get("error"));
            }
            return node.get("result");
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(method + " was not answered", e);
        }
    }

    List<String> complaints() {
        synchronized (complaints) {
            return List.copyOf(complaints);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
        message.append(text);
        if (isLast) {
            take(JsonMapper.shared().readTree(message.toString()));
            message.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void take(JsonNode node) {
        if (node.has("id")) {
            var answer = waiting.remove(node.get("id").intValue());
            if (answer != null) {
                answer.complete(node);
            }
            return;
        }
        String method = node.get("method").stringValue();
        boolean isLogged =
                method.equals("Log.entryAdded")
                        && node.at("/params/entry/level").stringValue().equals("error");
        if (isLogged || method.equals("Runtime.exceptionThrown")) {
            synchronized (complaints) {
                complaints.add(node.get("params").toString());
            }
        }
    }
}
