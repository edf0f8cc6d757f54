package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.runtime.NeverCompleteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a failed command says to do helps.
final class HintTest {

    @TempDir private Path data = Path.of("");

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine(arguments)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void whoNamedASilentNodeIsNotToldToNameOne() throws IOException {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String node = "127.0.0.1:" + silent.getLocalPort();

            int status =
                    run(
                            "dht",
                            "lookup",
                            "0".repeat(40),
                            "--listen",
                            "127.0.0.1",
                            "--bootstrap",
                            node,
                            "--timeout",
                            "1s",
                            "--data",
                            data.toString());

            assertThat(status).isEqualTo(1);
            assertThat(err.toString())
                    .contains("Is a DHT node running at " + node)
                    .doesNotContain("--bootstrap");
        }
    }

    @Test
    void whatFailsForEverIsNotToBeTriedAgain() {
        var full = new ExecutionException(new IOException("the disk is full"));
        var none = new ExecutionException(new NeverCompleteException("file 99 is selected"));

        assertThat(DownloadWatch.failure(full).hint()).contains("run the same command again");
        assertThat(DownloadWatch.failure(none).hint()).contains("fails again");
    }
}
