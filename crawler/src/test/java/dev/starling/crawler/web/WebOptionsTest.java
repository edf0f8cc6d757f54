package dev.starling.crawler.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.node.Failure;
import dev.starling.node.JsonTree;
import dev.starling.node.Output;
import dev.starling.node.monitor.HttpAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class WebOptionsTest {

    private static final HttpAddress ELSEWHERE = new HttpAddress("127.0.0.1", 0);

    @TempDir private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private HttpAddress serve(String... arguments) throws Failure, IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var options = CommandLine.populateCommand(new WebOptions(), arguments);
        var mode = new Output.Mode(true, false, false);
        var output = new Output(new PrintWriter(out, true), new PrintWriter(err, true), mode);
        try (var catalogue = Shelf.full().catalogue();
                var server = options.serve(ELSEWHERE, catalogue, data, output)) {
            return server.address();
        }
    }

    @Test
    void theKeysAreToldOnceAndTheirFilesAtEachStart() throws Failure, IOException {
        serve("--web", "127.0.0.1:0");
        String first = err.toString();
        serve("--web", "127.0.0.1:0");
        String second = err.toString();

        String files =
                "the API key is in %s, the admin key in %s"
                        .formatted(data.resolve("web-api.key"), data.resolve("web-admin.key"));
        assertThat(first).contains("API key: ", "admin key: ", files);
        assertThat(second).doesNotContain("API key: ", "admin key: ").contains(files);
    }

    @Test
    void onLoopbackNothingIsSaidOfOthers() throws Failure, IOException {
        var address = serve("--web", "127.0.0.1:0");

        var event = JsonTree.parse(out.toString().strip());
        assertThat(event.text("listens")).isEqualTo("127.0.0.1:" + address.port());
        assertThat(event.text("url")).isEqualTo("http://127.0.0.1:" + address.port() + "/");
        assertThat(err.toString()).doesNotContain("other machines");
    }

    @Test
    void whatIsOpenToOthersIsSaidWithTheAddressItListensOn() {
        assertThat(WebOptions.open(HttpAddress.parse("0.0.0.0:8097")))
                .startsWith("it listens on 0.0.0.0:8097 and is open to other machines");
        assertThat(WebOptions.open(HttpAddress.parse("[::]:8097"))).contains("[::]:8097");
    }

    @Test
    void aKeyOfTheOperatorsIsInNoFile() {
        assertThat(WebOptions.keptIn(data, true))
                .isEqualTo("the admin key is in " + data.resolve("web-admin.key"));
    }
}
