package dev.starling.node;

import dev.starling.dht.DhtBounds;
import dev.starling.node.config.ConfigFault;
import dev.starling.node.config.Configured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/// Takes what has changed in the config file over into the running node, as far as that can be done
/// without a restart, and says so. A file with a mistake changes nothing. Thread-safe.
final class Reload {

    private static final List<String> BOUNDS =
            List.of("answers-per-second", "answers-burst", "max-peers");
    private static final String LOG = "log";

    private final Path file;
    private final SortedMap<String, String> inForce;
    private final Consumer<DhtBounds> bounds;
    private final Output output;

    /// Reads the file into a fresh command.
    interface Reader {
        NodeCommand read() throws IOException, ConfigFault;
    }

    /// @param running the command line in force
    /// @param bounds takes new bounds
    Reload(Path file, CommandSpec running, Consumer<DhtBounds> bounds, Output output) {
        this.file = file;
        this.inForce = Configured.said(running.commandLine().getParseResult());
        this.bounds = bounds;
        this.output = output;
    }

    synchronized void read(Reader reader) {
        try {
            take(reader.read());
        } catch (ConfigFault fault) {
            output.progress("nothing is changed: " + fault.reason() + ". " + fault.hint());
        } catch (IOException e) {
            output.progress("nothing is changed, " + file + " cannot be read: " + e);
        }
    }

    private void take(NodeCommand fresh) {
        var said = Configured.said(fresh.spec().commandLine().getParseResult());
        var keys = new TreeSet<>(said.keySet());
        keys.addAll(inForce.keySet());
        var changed = new ArrayList<String>();
        var waiting = new ArrayList<String>();
        for (String key : keys) {
            String now = said.getOrDefault(key, "the default");
            String before = inForce.getOrDefault(key, "the default");
            if (!now.equals(before)) {
                boolean isTaken = BOUNDS.contains(key) || key.equals(LOG);
                (isTaken ? changed : waiting).add(key + " = " + now + " (was " + before + ")");
            }
        }
        apply(fresh.own(), said);
        tell(changed, waiting);
    }

    private void apply(NodeOptions options, SortedMap<String, String> said) {
        bounds.accept(options.bounds());
        options.log().ifPresentOrElse(LogSetup::level, LogSetup::reset);
        for (String key : BOUNDS) {
            replace(key, said);
        }
        replace(LOG, said);
    }

    private void replace(String key, SortedMap<String, String> said) {
        inForce.remove(key);
        if (said.containsKey(key)) {
            inForce.put(key, said.getOrDefault(key, ""));
        }
    }

    private void tell(List<String> changed, List<String> waiting) {
        output.event(Event.of("reloaded").texts("changed", changed).texts("needRestart", waiting));
        output.progress(
                "read "
                        + file
                        + " again: "
                        + (changed.isEmpty() ? "nothing changed" : String.join(", ", changed)));
        if (!waiting.isEmpty()) {
            output.progress("changed after a restart only: " + String.join(", ", waiting));
        }
    }
}
