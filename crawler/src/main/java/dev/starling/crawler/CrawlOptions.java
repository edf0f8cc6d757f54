package dev.starling.crawler;

import dev.starling.crawler.walk.AddressRules;
import dev.starling.crawler.walk.AddressRules.Prefix;
import dev.starling.crawler.walk.Slice;
import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.node.CountConverter;
import dev.starling.node.Failure;
import dev.starling.node.NetworkOptions;
import dev.starling.runtime.DhtService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options of how to crawl.
final class CrawlOptions {

    /// A dozen addresses of one machine; others do not help each other more.
    private static final int MAX_IDS = 64;

    @Option(
            names = "--ids",
            paramLabel = "N",
            defaultValue = "1",
            converter = CountConverter.class,
            description =
                    "Node ids to crawl with, each on a port of its own; they divide the keyspace"
                            + " (default: ${DEFAULT-VALUE}).")
    private int ids = 1;

    @Option(
            names = "--slice",
            paramLabel = "K/N",
            defaultValue = "1/1",
            converter = SliceConverter.class,
            description = "Crawl only the K-th of N parts of the keyspace (default: all of it).")
    private Slice slice = Slice.WHOLE;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            converter = CountConverter.class,
            description = "Queries a second at most (default: ${DEFAULT-VALUE}).")
    private int queriesPerSecond = 1;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            converter = CountConverter.class,
            description = "Connections to peers at a time, at most (default: ${DEFAULT-VALUE}).")
    private int connections = 1;

    @Option(
            names = "--avoid",
            paramLabel = "FILE",
            description =
                    "Addresses and prefixes never to be contacted, one a line, such as"
                            + " 192.0.2.0/24; what follows # is a comment. May repeat.")
    private List<Path> avoid = new ArrayList<>();

    @Option(names = "--read-only", description = "Answer nobody (BEP 43), as behind a firewall.")
    private boolean isReadOnly;

    @Option(
            names = "--local",
            description =
                    "Contact private addresses as well. Without it they are left alone, unless a"
                            + " bootstrap node has one.")
    private boolean isLocal;

    CrawlService.Options service(NetworkOptions network) throws Failure, IOException {
        if (ids > MAX_IDS) {
            throw new Failure(
                    ids + " ids, at most " + MAX_IDS, "Further machines crawl a --slice.");
        }
        return new CrawlService.Options(
                network.listen(),
                network.port(),
                network.bootstrap().isEmpty() && !network.isPrivateStart()
                        ? DhtService.Options.PUBLIC_ROUTERS
                        : network.bootstrap(),
                ids,
                slice,
                rules(network),
                isReadOnly,
                queriesPerSecond,
                connections);
    }

    /// A network is private if it is entered by a private address, and public else.
    private AddressRules rules(NetworkOptions network) throws Failure, IOException {
        long local =
                network.bootstrap().stream()
                        .filter(host -> host.startsWith("localhost:") || isLocal(host))
                        .count();
        boolean isPublic =
                network.bootstrap().isEmpty()
                        ? !network.isPrivateStart()
                        : local < network.bootstrap().size();
        return new AddressRules(isPublic, isLocal || local > 0 || !isPublic, avoided());
    }

    private static boolean isLocal(String host) {
        return Endpoint.parse(host).map(Endpoint::address).map(IpAddress::isLocal).orElse(false);
    }

    private List<Prefix> avoided() throws Failure, IOException {
        var prefixes = new ArrayList<Prefix>();
        for (var file : avoid) {
            for (var line : Files.readAllLines(file)) {
                String text = line.replaceFirst("#.*", "").strip();
                Optional<Prefix> prefix = Prefix.parse(text);
                if (prefix.isPresent()) {
                    prefixes.add(prefix.get());
                } else if (!text.isEmpty()) {
                    throw new Failure(
                            "'" + text + "' in " + file + " is no address or prefix",
                            "For example 192.0.2.7 or 2001:db8::/32.");
                }
            }
        }
        return prefixes;
    }

    /// Reads `3/16`.
    static final class SliceConverter implements ITypeConverter<Slice> {
        @Override
        public Slice convert(String text) {
            return Slice.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "'"
                                            + text
                                            + "' is no slice such as 3/16, of at most "
                                            + Slice.MAX_COUNT));
        }
    }
}
