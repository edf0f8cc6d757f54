package dev.starling.crawler.web.interop;

import dev.starling.node.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Headless Chromium with one page, driven as a person would: by mouse, keyboard and looking.
final class Browser implements AutoCloseable {

    /// How long a page may take; generous, for a machine with other work.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final String LISTENING = "DevTools listening on ";

    private final Path profile;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final DevTools tools;

    /// What a page is seen on.
    record Screen(int width, int height, boolean isMobile, boolean isDark) {
        static final Screen DESKTOP = new Screen(1_280, 800, false, false);
        static final Screen PHONE = new Screen(390, 844, true, false);

        Screen dark() {
            return new Screen(width, height, isMobile, true);
        }
    }

    Browser() throws IOException {
        profile = Files.createTempDirectory("starling-browser");
        var command =
                new ArrayList<>(
                        List.of(
                                "chromium",
                                "--headless=new",
                                "--remote-debugging-port=0",
                                "--log-level=3",
                                "--user-data-dir=" + profile,
                                "--no-first-run",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--force-prefers-reduced-motion",
                                "--lang=en",
                                "about:blank"));
        if (isRoot()) {
            command.add("--no-sandbox"); // it refuses to be root in its sandbox
        }
        process =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        tools = new DevTools(client, URI.create(endpoint()), PATIENCE);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// Where the browser takes orders: it says so once it does.
    private String endpoint() throws IOException {
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("chromium has ended with " + process.exitValue());
        }
        Thread.ofVirtual().start(() -> drain(said));
        return line.substring(LISTENING.length());
    }

    /// Nobody reads the rest, but a full pipe would stop the browser.
    private static void drain(BufferedReader said) {
        try {
            while (said.readLine() != null) {}
        } catch (IOException e) {
            return; // it has gone
        }
    }

    void show(Screen screen) {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width(),
                        "height",
                        screen.height(),
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        screen.isMobile()));
        tools.call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        screen.isDark() ? "dark" : "light"))));
    }

    /// Goes to an address and waits until its scripts have run.
    void open(String address) {
        tools.call("Page.navigate", Map.of("url", address));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// What a script's expression gives.
    JsonNode evaluate(String expression) {
        var answer =
                tools.call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + " failed: " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    String text(String expression) {
        return evaluate("String(" + expression + ")").stringValue();
    }

    /// Waits until the expression is true.
    void await(String expression) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isTrue(expression)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "never came true: " + expression + "\n" + text("document.body.innerText"));
            }
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean isTrue(String expression) {
        // While one page makes room for the next there is nothing to ask.
        return text("(() => { try { return " + expression + "; } catch { return false; } })()")
                .equals("true");
    }

    /// Presses the left button in the middle of the first element that matches.
    void click(String selector) {
        await("document.querySelector(`" + selector + "`)?.getClientRects().length > 0");
        var middle =
                evaluate(
                        "(() => { const e = document.querySelector(`"
                                + selector
                                + "`); e.scrollIntoView({block: 'center'});"
                                + " const r = e.getBoundingClientRect();"
                                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        for (String event : List.of("mousePressed", "mouseReleased")) {
            tools.call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            event,
                            "x",
                            middle.get("x").doubleValue(),
                            "y",
                            middle.get("y").doubleValue(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /// Types where the focus is.
    void type(String text) {
        text.chars()
                .forEach(c ->
                        tools.call(
                                "Input.dispatchKeyEvent",
                                Map.of("type", "char", "text", String.valueOf((char) c))));
    }

    /// Presses a key that is no character, such as `Tab` or `ArrowDown`.
    void press(String key, int code) {
        press(key, code, "");
    }

    /// Presses the key that follows a link and presses a button.
    void pressEnter() {
        press("Enter", '\r', "\r");
    }

    private void press(String key, int code, String text) {
        for (String event : List.of("keyDown", "keyUp")) {
            tools.call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            event,
                            "key",
                            key,
                            "code",
                            key,
                            "text",
                            event.equals("keyDown") ? text : "",
                            "windowsVirtualKeyCode",
                            code));
        }
    }

    /// What scripts and the content policy complained of since the start.
    List<String> complaints() {
        return tools.complaints();
    }

    byte[] picture() {
        var answer = tools.call("Page.captureScreenshot", Map.of("format", "png"));
        return Base64.getDecoder().decode(answer.get("data").stringValue());
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
        Folders.delete(profile);
    }
}
