package dev.starling.node;

import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of every command that joins the DHT.
public final class NetworkOptions {

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description =
                    "A node to join the DHT by; may repeat. Replaces the public routers, so that a"
                            + " private network stays private.")
    private List<String> bootstrap = new ArrayList<>();

    @Option(
            names = "--listen",
            paramLabel = "IP",
            converter = ListenConverter.class,
            description = "Address to listen on; may repeat (default: all addresses).")
    private List<String> listen = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private int port;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "UDP port, and TCP port of commands that transfer files; 0 picks a free one"
                            + " (default: ${DEFAULT-VALUE}).")
    void acceptPort(int given) {
        if (given < 0 || given > 0xffff) {
            throw new ParameterException(
                    spec.commandLine(), "port " + given + " is not in 0..65535");
        }
        port = given;
    }

    public List<String> listen() {
        return List.copyOf(listen);
    }

    public int port() {
        return port;
    }

    /// Bootstrap nodes given by hand.
    public List<String> bootstrap() {
        return List.copyOf(bootstrap);
    }

    /// Whether every address we listen on is local and nobody named a bootstrap node: then this is
    /// the first node of a private network and the public routers are not asked.
    public boolean isPrivateStart() {
        return bootstrap.isEmpty()
                && !listen.isEmpty()
                && listen.stream()
                        .allMatch(text ->
                                IpAddress.parse(text).map(IpAddress::isLocal).orElse(false));
    }
}
