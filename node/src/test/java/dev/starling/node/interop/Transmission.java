package dev.starling.node.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One transmission-daemon with one torrent, driven by transmission-remote.
final class Transmission {

    static final int PEER_PORT = 51413;

    private static final int RPC_PORT = 9091;

    private final Lab lab;
    private final String name;
    private final String address;
    private final LabProcess daemon;

    Transmission(
            Lab lab, String name, Path folder, String what, Consumer<? super Path> configuration)
            throws IOException {
        this.lab = lab;
        this.name = name;
        this.address = lab.address();
        Path config = lab.folder(name + "-config");
        lab.write(config.resolve("settings.json"), settings(folder));
        configuration.accept(config);
        daemon =
                lab.run(
                        name,
                        List.of(
                                "transmission-daemon",
                                "-f",
                                "-g",
                                config.toString(),
                                "--log-info"));
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (remote("-si").awaitExit(Lab.PATIENCE) != 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("transmission-daemon does not answer: " + daemon.tail(20));
            }
        }
        add(what);
    }

    String address() {
        return address;
    }

    /// One more torrent, by file or magnet link.
    void add(String what) {
        remote("-a", what).awaitExit(Lab.PATIENCE);
    }

    private String settings(Path folder) {
        return """
        {"download-dir": "%s", "bind-address-ipv4": "%s", "rpc-bind-address": "%s", "rpc-port": %d,
         "rpc-whitelist-enabled": false, "rpc-host-whitelist-enabled": false, "dht-enabled": true,
         "lpd-enabled": false, "pex-enabled": false, "utp-enabled": false, "encryption": 0,
         "port-forwarding-enabled": false, "peer-port": %d, "cache-size-mb": 16,
         "trash-original-torrent-files": false, "ratio-limit-enabled": false,
         "speed-limit-up-enabled": false, "speed-limit-down-enabled": false}
        """
                .formatted(folder, address, address, RPC_PORT, PEER_PORT);
    }

    private LabProcess remote(String... arguments) {
        var command =
                new java.util.ArrayList<>(List.of("transmission-remote", address + ":" + RPC_PORT));
        command.addAll(List.of(arguments));
        return lab.run(name + "-remote", command);
    }

    /// Waits until the torrent is complete.
    void awaitComplete(Duration atMost) {
        awaitInfo("Percent Done: 100%", atMost);
    }

    /// Waits until `transmission-remote -i` shows this.
    void awaitInfo(String wanted, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            var info = remote("-t", "1", "-i");
            info.awaitExit(Lab.PATIENCE);
            if (info.tail(80).stream().anyMatch(line -> line.contains(wanted))) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Transmission shows no \""
                                + wanted
                                + "\" within "
                                + atMost
                                + ": "
                                + String.join("\n", info.tail(40))
                                + String.join("\n", daemon.tail(40)));
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
