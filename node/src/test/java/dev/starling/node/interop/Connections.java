package dev.starling.node.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The TCP connections of this network by IPv4, as the kernel lists them (proc(5)): those under
/// way, and for a minute those that have ended.
final class Connections {

    private Connections() {}

    /// Each as `ADDRESS ADDRESS:PORT`, from whom to where; also the other way round.
    static Set<String> calls() throws IOException {
        var calls = new LinkedHashSet<String>();
        for (String line : Files.readAllLines(Path.of("/proc/self/net/tcp"))) {
            var fields = List.of(line.strip().split("\\s+"));
            if (fields.size() > 3 && fields.get(1).contains(":")) {
                String local = endpoint(fields.get(1));
                String remote = endpoint(fields.get(2));
                if (remote.startsWith("0.0.0.0:")) {
                    continue; // it listens
                }
                calls.add(local.substring(0, local.indexOf(':')) + " " + remote);
                calls.add(remote.substring(0, remote.indexOf(':')) + " " + local);
            }
        }
        return calls;
    }

    /// Four bytes of address, the last first, and a port, as hexadecimal.
    private static String endpoint(String text) {
        var parts = List.of(text.split(":"));
        int address = Integer.parseUnsignedInt(parts.getFirst(), 16);
        return "%d.%d.%d.%d:%d"
                .formatted(
                        address & 0xff,
                        address >>> 8 & 0xff,
                        address >>> 16 & 0xff,
                        address >>> 24,
                        Integer.parseInt(parts.getLast(), 16));
    }
}
