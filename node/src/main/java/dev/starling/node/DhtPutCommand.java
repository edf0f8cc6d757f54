package dev.starling.node;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.dht.DhtEffect;
import dev.starling.item.Item;
import dev.starling.item.SecretKey;
import dev.starling.runtime.DhtService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `starling dht put`: stores an item in the DHT.
@Command(
        name = "put",
        description = "Store up to 1,000 bytes in the DHT (BEP 44).",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht put 'Hello World!'                    (under its own hash)",
            "  starling dht put --file note.txt --keep            (again every hour)",
            "  starling dht put 'back at noon' --key door         (can be changed later)",
            "",
            "The DHT forgets an item that nobody puts again for two hours."
        })
final class DhtPutCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private NetworkOptions network;

    @ArgGroup(multiplicity = "1")
    private Content content = new Content();

    private static final class Content {
        @Parameters(paramLabel = "TEXT", arity = "0..1", description = "What to store.")
        private Optional<String> text = Optional.empty();

        @Option(names = "--file", paramLabel = "FILE", description = "Store what this file holds.")
        private Optional<Path> file = Optional.empty();
    }

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description =
                    "Sign it with this key, which is made if need be; then it can be changed.")
    private Optional<String> keyName = Optional.empty();

    @Option(
            names = "--salt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Tells apart the items of one key.")
    private String salt = "";

    @Option(
            names = "--seq",
            paramLabel = "N",
            description = "Number of this version (default: one more than the newest found).")
    private Optional<Long> seq = Optional.empty();

    @Option(
            names = "--cas",
            paramLabel = "N",
            description = "Store only where the version with this number is stored.")
    private Optional<Long> cas = Optional.empty();

    @Option(names = "--bencoded", description = "What is given is bencoded already.")
    private boolean isBencoded;

    @Option(names = "--keep", description = "Store it again every hour, until Ctrl-C.")
    private boolean isKept;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Give up after this long (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        var output = options.output();
        ByteString value = value();
        Optional<SecretKey> key =
                keyName.isPresent()
                        ? Optional.of(
                                new KeyFolder(options.data()).findOrMake(keyName.get(), output))
                        : Optional.empty();
        var role = isKept ? Dht.Role.NODE : Dht.Role.VISITOR;
        try (var interrupt = Interrupt.watch();
                var dht = Dht.join(options, network, role, told -> {})) {
            Item item =
                    key.isPresent()
                            ? signed(key.get(), value, dht.service())
                            : new Item.Immutable(value);
            report(item, put(item, dht.service()), output);
            while (isKept && !interrupt.await(Republishing.PERIOD)) {
                report(item, put(item, dht.service()), output);
            }
            return isKept ? Interrupt.STATUS : 0;
        }
    }

    private DhtEffect.ItemPut put(Item item, DhtService dht) throws Failure, InterruptedException {
        var expected = cas.isPresent() ? OptionalLong.of(cas.get()) : OptionalLong.empty();
        return Waiting.forResult(dht.putItem(item, expected), "the put", timeout, network);
    }

    private Item signed(SecretKey key, ByteString value, DhtService dht)
            throws Failure, InterruptedException {
        var saltBytes = Salts.of(salt);
        if (seq.isPresent()) {
            return Item.Mutable.signed(key, saltBytes, seq.get(), value);
        }
        var target = Item.Mutable.targetOf(key.publicKey(), saltBytes);
        var found =
                Waiting.forResult(dht.findItem(target, saltBytes), "the lookup", timeout, network);
        long next =
                found.item().isPresent() && found.item().get() instanceof Item.Mutable newest
                        ? newest.seq() + 1
                        : 1;
        return Item.Mutable.signed(key, saltBytes, next, value);
    }

    private ByteString value() throws Failure, IOException {
        byte[] given =
                content.file.isPresent()
                        ? Files.readAllBytes(content.file.get())
                        : ByteString.utf8(content.text.orElse("")).toBytes();
        var value = ByteString.of(isBencoded ? given : new BencodeWriter().string(given).toBytes());
        if (value.lengthBytes() > Item.MAX_VALUE_BYTES) {
            throw new Failure(
                    "that is " + value.lengthBytes() + " bytes, and an item holds 1,000",
                    "Share a file with starling share, or starling publish.");
        }
        if (!Item.isProper(value)) {
            throw new Failure("what is given is not bencoded", "Leave out --bencoded.");
        }
        return value;
    }

    private void report(Item item, DhtEffect.ItemPut put, Output output) throws Failure {
        var event =
                Event.of("put")
                        .text("target", item.target().hex())
                        .number("nodes", put.nodes())
                        .fraction("seconds", put.elapsedNanos() / 1e9);
        if (item instanceof Item.Mutable mutable) {
            event.text("publicKey", mutable.key().hex())
                    .text("salt", mutable.salt().hex())
                    .number("seq", mutable.seq());
        }
        output.event(event);
        if (put.nodes() == 0) {
            throw put.refusals().isEmpty()
                    ? Waiting.nobodyAnswered(network)
                    : new Failure(
                            "every node refused it: "
                                    + Output.harmless(put.refusals().getFirst().text())
                                    + " ("
                                    + put.refusals().getFirst().code()
                                    + ")",
                            "starling dht get shows what is stored.");
        }
        output.result(item.target().hex());
        output.progress("stored with " + Units.count(put.nodes(), "node"));
    }
}
