package dev.starling.node;

import dev.starling.dht.DhtBounds;
import dev.starling.dht.DhtNode;
import dev.starling.node.monitor.HttpAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options of `starling node` alone.
final class NodeOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Read options from a file: each line is 'key = value', and every long option"
                            + " is a key without its dashes. What is given here beats the file."
                            + " SIGHUP reads it again.")
    private @Nullable Path config;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            description = "Log from this level on: ${COMPLETION-CANDIDATES} (default: warn).")
    private @Nullable LogLevel log;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            converter = HttpAddressConverter.class,
            description =
                    "Serve a status page, /metrics, /health and /status.json there; without a host"
                            + " for this machine alone, with port 0 on any free one.")
    private @Nullable HttpAddress http;

    @Option(
            names = "--http-name",
            paramLabel = "NAME",
            description =
                    "A name that HTTP requests may be for, besides addresses and localhost; may"
                            + " repeat.")
    private List<String> httpNames = new ArrayList<>();

    @Option(
            names = "--answers-per-second",
            paramLabel = "N",
            defaultValue = "" + DhtBounds.ANSWERS_PER_SECOND,
            converter = CountConverter.class,
            description =
                    "Answers for one source, an IPv4 address or IPv6 /64 (default:"
                            + " ${DEFAULT-VALUE}).")
    private int answersPerSecond;

    @Option(
            names = "--answers-burst",
            paramLabel = "N",
            defaultValue = "" + DhtBounds.BURST,
            converter = CountConverter.class,
            description = "Answers a source may get at once (default: ${DEFAULT-VALUE}).")
    private int answersBurst;

    @Option(
            names = "--max-peers",
            paramLabel = "N",
            defaultValue = "" + DhtBounds.MAX_PEERS,
            converter = CountConverter.class,
            description = "Announced peers kept in all (default: ${DEFAULT-VALUE}).")
    private int maxPeers;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "standard",
            description =
                    "What the node is for: ${COMPLETION-CANDIDATES}. A bootstrap node keeps many"
                            + " living contacts beside its table to tell newcomers of (default:"
                            + " ${DEFAULT-VALUE}).")
    private NodeProfile profile = NodeProfile.STANDARD;

    @Option(
            names = "--ring-contacts",
            paramLabel = "N",
            defaultValue = "1000000",
            converter = RingConverter.class,
            description =
                    "Contacts that a bootstrap node keeps beside its table at most, 30 bytes each,"
                            + " up to 10000000 (default: ${DEFAULT-VALUE}).")
    private int ringContacts;

    /// Contacts to keep beside the table; 0 but for a bootstrap node.
    int ringContacts() {
        return switch (profile) {
            case STANDARD -> 0;
            case BOOTSTRAP -> ringContacts;
        };
    }

    Optional<HttpAddress> http() {
        return Optional.ofNullable(http);
    }

    List<String> httpNames() {
        return List.copyOf(httpNames);
    }

    /// Those that may change while the node runs.
    DhtBounds bounds() {
        return new DhtBounds(answersPerSecond, answersBurst, maxPeers);
    }

    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    Optional<LogLevel> log() {
        return Optional.ofNullable(log);
    }

    /// Reads how many contacts to keep beside the table.
    static final class RingConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            int count = new CountConverter().convert(text);
            if (count > DhtNode.Settings.MAX_RING_CONTACTS) {
                throw new TypeConversionException(
                        "'" + text + "' is more than " + DhtNode.Settings.MAX_RING_CONTACTS);
            }
            return count;
        }
    }
}
