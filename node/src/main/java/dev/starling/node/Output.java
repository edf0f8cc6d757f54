package dev.starling.node;

import dev.starling.metainfo.SafeText;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/// Where a command speaks: to a person in lines and colours, or to a program in JSON lines.
///
/// With `--json` stdout carries events only and what a person would read goes to stderr. Without it
/// events are not printed, results go to stdout, and progress goes to stdout on a terminal, else to
/// stderr. Thread-safe: each line is written whole.
public final class Output {

    /// UTF-16 units; longer names than this only push everything else off the screen.
    private static final int MAX_REMOTE_CHARACTERS = 300;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean isJson;
    private final boolean isTerminal;
    private final boolean hasColours;

    /// How to speak.
    public record Mode(boolean isJson, boolean isTerminal, boolean hasColours) {

        /// As this process was started: a terminal is one where stdin and stdout both are.
        static Mode ofProcess(boolean isJson) {
            boolean isTerminal =
                    Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
            boolean isDumb = "dumb".equals(System.getenv("TERM"));
            boolean noColour = System.getenv("NO_COLOR") != null;
            return new Mode(isJson, isTerminal && !isDumb, isTerminal && !isDumb && !noColour);
        }
    }

    public Output(PrintWriter out, PrintWriter err, Mode mode) {
        this.out = out;
        this.err = err;
        this.isJson = mode.isJson();
        this.isTerminal = mode.isTerminal();
        this.hasColours = mode.hasColours();
    }

    public boolean isJson() {
        return isJson;
    }

    /// Whether a line may be drawn over: a terminal, and a person reading it.
    public boolean isLive() {
        return isTerminal && !isJson;
    }

    /// A line for a program; nothing without `--json`.
    public synchronized void event(Event event) {
        if (isJson) {
            out.println(event.toJson());
            out.flush();
        }
    }

    /// A line for a program that another program wrote; nothing without `--json`.
    public synchronized void line(String json) {
        if (isJson) {
            out.println(json);
            out.flush();
        }
    }

    /// A result, what the command was run for.
    public synchronized void result(String line) {
        PrintWriter to = isJson ? err : out;
        to.println(line);
        to.flush();
    }

    /// A line about what is going on.
    public synchronized void progress(String line) {
        PrintWriter to = progressWriter();
        to.println(line);
        to.flush();
    }

    /// Draws over the live line; only where [#isLive()]. What does not fit is cut off and does not
    /// wrap, so that the next line can be drawn over it.
    public synchronized void live(String line) {
        out.print("\r\u001b[K\u001b[?7l" + line + "\u001b[?7h");
        out.flush();
    }

    /// How many characters a live line may have.
    int columns() {
        return isTerminal ? TerminalWidth.columns() : TerminalWidth.USUAL_COLUMNS;
    }

    /// The stream that [#progress] goes to.
    public PrintWriter progressWriter() {
        return isLive() ? out : err;
    }

    /// Why something failed and what would help.
    public synchronized void error(String reason, String hint) {
        event(Event.of("failed").text("reason", reason).text("hint", hint));
        err.println(paint("31;1", "error: ") + reason);
        if (!hint.isEmpty()) {
            err.println("  " + hint);
        }
        err.flush();
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return hasColours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /// Remote text as it may be shown: nothing in it steers the terminal or hides, long text is
    /// cut.
    public static String harmless(String remote) {
        String safe = SafeText.of(remote);
        return safe.length() <= MAX_REMOTE_CHARACTERS
                ? safe
                : safe.substring(0, MAX_REMOTE_CHARACTERS);
    }
}
