package dev.starling.node;

import dev.starling.node.monitor.HttpAddress;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;

/// `starling node status`: how the node on this machine gets on.
@Command(
        name = "status",
        description = "Show how a running node gets on; it must serve HTTP (node --http).",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling node status                       (the node with the same --data)",
            "  starling node status --http 10.0.0.7:9090",
            "  starling node status --json"
        })
final class NodeStatusCommand implements Callable<Integer> {

    /// A node answers within milliseconds, a stuck one after two seconds.
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// Ten times what a node with full tables says.
    private static final int MAX_BYTES = 1 << 20;

    @Mixin private GlobalOptions options;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            converter = HttpAddressConverter.class,
            description = "Where the node serves HTTP (default: as its data folder says).")
    private @Nullable HttpAddress http;

    @Option(names = "--healthy", description = "Exit with status 1 when the node is not healthy.")
    private boolean mustBeHealthy;

    @Override
    public Integer call() throws Failure, IOException {
        var output = options.output();
        String json = fetch(address());
        try {
            var status = JsonTree.parse(json);
            if (output.isJson()) {
                output.line(json);
            } else {
                StatusTable.lines(status, output).forEach(output::result);
            }
            return mustBeHealthy && !status.flag("healthy") ? 1 : 0;
        } catch (JacksonException e) {
            throw new Failure("what answered is no Starling node", "", e);
        }
    }

    private HttpAddress address() throws Failure, IOException {
        if (http != null) {
            return http;
        }
        return NodeHttp.find(options.data())
                .orElseThrow(() ->
                        new Failure(
                                "no node with the data folder " + options.data() + " serves HTTP",
                                "Start it with --http, name its folder with --data, or its address"
                                        + " with --http."));
    }

    private static String fetch(HttpAddress address) throws Failure {
        try {
            var url = URI.create("http://" + address.local() + "/status.json").toURL();
            var connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            try (var body = connection.getInputStream()) {
                return new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new Failure(
                    "no node answers at " + address.local() + ": " + e.getMessage(),
                    "Is it running? Another address: --http HOST:PORT.",
                    e);
        }
    }
}
