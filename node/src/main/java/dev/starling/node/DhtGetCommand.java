package dev.starling.node;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect.ItemSearchEnded;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.lookup.LookupEffect.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht get`: finds an item that was stored in the DHT.
@Command(
        name = "get",
        description = "Find an item stored in the DHT (BEP 44).",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht get e5f96f6f38320f0f33959cb4d3d656452117aadb",
            "  starling dht get door --salt today       (of a key of yours)",
            "  starling dht get PUBLICKEY               (of another, 64 hexadecimal digits)"
        })
final class DhtGetCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @Parameters(
            paramLabel = "TARGET|PUBLICKEY|NAME",
            description =
                    "40 hexadecimal digits, 64 of a public key, or the name of a key of yours.")
    private String what;

    @Option(
            names = "--salt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Tells apart the items of one key.")
    private String salt = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it here; without its frame where it is a string.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--trace", description = "Show every query of the lookup.")
    private boolean isTraced;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        ByteString saltBytes = Salts.of(salt);
        Id target = target(saltBytes);
        try (var dht = Dht.join(options, network, Dht.Role.VISITOR, told -> {})) {
            var found =
                    Waiting.forResult(
                            dht.service().findItem(target, saltBytes),
                            "the lookup",
                            timeout,
                            network);
            if (isTraced) {
                TraceTable.print(found.trace(), output);
            }
            if (found.outcome() == Outcome.NO_CONTACTS) {
                throw Waiting.nobodyAnswered(network);
            }
            print(found, output);
            return 0;
        }
    }

    private Id target(ByteString saltBytes) throws Failure, IOException {
        var id = Id.parseHex(what);
        if (id.isPresent()) {
            return id.get();
        }
        var key = PublicKey.parseHex(what);
        return Item.Mutable.targetOf(
                key.isPresent() ? key.get() : new KeyFolder(options.data()).read(what).publicKey(),
                saltBytes);
    }

    private void print(ItemSearchEnded found, Output output) throws Failure, IOException {
        Item item =
                found.item()
                        .orElseThrow(() ->
                                new Failure(
                                        "no node has such an item",
                                        "Nobody has put it in the last two hours, or not with"
                                                + " this --salt."));
        byte[] content = content(item.value());
        var event =
                Event.of("item")
                        .text("target", item.target().hex())
                        .text("value", item.value().hex())
                        .number("copies", found.copies());
        if (item instanceof Item.Mutable mutable) {
            event.text("publicKey", mutable.key().hex()).number("seq", mutable.seq());
        }
        output.event(event);
        if (file.isPresent()) {
            Files.write(file.get(), content);
        } else {
            output.result(Output.harmless(new String(content, StandardCharsets.UTF_8)));
        }
        output.progress(
                (item instanceof Item.Mutable mutable ? "version " + mutable.seq() + ", " : "")
                        + "found with "
                        + Units.count(found.copies(), "node"));
    }

    /// What a string holds; anything else as it is.
    private static byte[] content(ByteString value) {
        byte[] bytes = value.toBytes();
        return Bencode.read(bytes, Bencode.Limits.DATAGRAM, Bencode.Mode.LENIENT)
                        instanceof Bencode.Parsed(var parsed, _)
                ? parsed.bytes().map(ByteString::toBytes).orElse(bytes)
                : bytes;
    }
}
