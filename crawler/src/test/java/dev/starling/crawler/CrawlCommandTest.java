package dev.starling.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CrawlCommandTest {

    @TempDir private Path data;

    private final StringWriter err = new StringWriter();

    private int crawl(String... arguments) {
        var line = new CommandLine(new CrawlCommand()).setErr(new PrintWriter(err, true));
        var all = new String[arguments.length + 4];
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        System.arraycopy(
                new String[] {"--data", data.toString(), "--listen", "127.0.0.1"}, 0, all, 0, 4);
        return line.execute(all);
    }

    @Test
    void withoutTheListOfWhomToAvoidNothingIsOpened() {
        int status = crawl("--avoid", data.resolve("missing").toString());

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("missing");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aPortThatIsTakenLeavesNoCatalogue() throws IOException {
        try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            int status = crawl("--port", Integer.toString(port));

            assertThat(status).isEqualTo(1);
            assertThat(err.toString()).contains(Integer.toString(port));
            assertThat(data.resolve("catalogue")).doesNotExist();
        }
    }
}
