package dev.starling.krpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.krpc.KrpcQuery.Header;
import dev.starling.krpc.KrpcQuery.Want;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Datagrams as text, each byte being the character of that number, and messages at random.
final class KrpcSamples {

    private KrpcSamples() {}

    static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String hex(String digits) {
        return new String(HexFormat.of().parseHex(digits), ISO_8859_1);
    }

    static String text(ByteBuffer datagram) {
        return ISO_8859_1.decode(datagram.duplicate()).toString();
    }

    /// Any message a codec writes, within the bounds of what it reads.
    static KrpcMessage random(RandomGenerator random) {
        var header =
                new Header(
                        bytes(random, 32),
                        Id.random(random),
                        random.nextBoolean(),
                        bytes(random, KrpcCodec.MAX_VERSION_BYTES));
        return switch (random.nextInt(10)) {
            case 0 -> new KrpcQuery.Ping(header);
            case 1 -> new KrpcQuery.FindNode(header, Id.random(random), want(random));
            case 2 ->
                    new KrpcQuery.GetPeers(
                            header,
                            Id.random(random),
                            want(random),
                            random.nextBoolean(),
                            random.nextBoolean());
            case 3 ->
                    new KrpcQuery.AnnouncePeer(
                            header,
                            Id.random(random),
                            random.nextInt(1, 65536),
                            random.nextBoolean(),
                            bytes(random, KrpcCodec.MAX_TOKEN_BYTES),
                            random.nextBoolean());
            case 4 ->
                    new KrpcQuery.Unknown(
                            header,
                            ByteString.utf8("x" + random.nextInt()),
                            random.nextBoolean()
                                    ? Optional.of(Id.random(random))
                                    : Optional.empty(),
                            want(random));
            case 5 ->
                    new KrpcError(
                            header.transaction(),
                            random.nextInt(),
                            "refused \u00e9 " + random.nextInt(),
                            observed(random));
            case 6 ->
                    new KrpcQuery.Get(
                            header,
                            Id.random(random),
                            random.nextBoolean()
                                    ? OptionalLong.of(random.nextLong())
                                    : OptionalLong.empty(),
                            want(random));
            case 7 -> put(header, random);
            case 8 -> new KrpcQuery.SampleInfohashes(header, Id.random(random), want(random));
            default -> response(header, random);
        };
    }

    private static KrpcQuery.Put put(Header header, RandomGenerator random) {
        var token = bytes(random, KrpcCodec.MAX_TOKEN_BYTES);
        if (random.nextBoolean()) {
            var item = new Item.Immutable(value(random));
            return new KrpcQuery.Put(header, token, OptionalLong.empty(), item);
        }
        var cas = random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
        return new KrpcQuery.Put(header, token, cas, mutable(bytes(random, 64), random));
    }

    private static Item.Mutable mutable(ByteString salt, RandomGenerator random) {
        byte[] key = new byte[PublicKey.LENGTH_BYTES];
        byte[] signature = new byte[64];
        random.nextBytes(key);
        random.nextBytes(signature);
        return new Item.Mutable(
                new PublicKey(ByteString.of(key)),
                salt,
                random.nextLong() >>> 1,
                value(random),
                ByteString.of(signature));
    }

    private static ByteString value(RandomGenerator random) {
        var content = bytes(random, 990);
        return ByteString.of(new BencodeWriter().string(content).toBytes());
    }

    private static KrpcResponse.Extra extra(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> KrpcResponse.Stored.of(new Item.Immutable(value(random)));
            case 1 -> KrpcResponse.Stored.of(mutable(ByteString.EMPTY, random));
            case 2 -> new KrpcResponse.Stored(Optional.empty(), OptionalLong.of(random.nextInt()));
            case 3 -> new KrpcResponse.Scrape(filter(random), filter(random));
            case 4 ->
                    new KrpcResponse.Samples(
                            random.nextInt(21_601),
                            1_000,
                            IntStream.range(0, random.nextInt(50))
                                    .mapToObj(_ -> Id.random(random))
                                    .toList());
            default -> KrpcResponse.Extra.NONE;
        };
    }

    private static ByteString filter(RandomGenerator random) {
        byte[] bytes = new byte[256];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }

    private static KrpcResponse response(Header header, RandomGenerator random) {
        return new KrpcResponse(
                header.transaction(),
                header.sender(),
                Stream.concat(
                                contacts(random.nextInt(10), true, random),
                                contacts(random.nextInt(10), false, random))
                        .toList(),
                values(random),
                bytes(random, KrpcCodec.MAX_TOKEN_BYTES),
                observed(random),
                header.version(),
                extra(random));
    }

    private static Stream<Contact> contacts(int count, boolean v4, RandomGenerator random) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new Contact(Id.random(random), endpoint(v4, random)));
    }

    private static List<Endpoint> values(RandomGenerator random) {
        return IntStream.range(0, random.nextInt(40))
                .mapToObj(_ -> endpoint(random.nextBoolean(), random))
                .toList();
    }

    private static Optional<Endpoint> observed(RandomGenerator random) {
        return random.nextBoolean()
                ? Optional.of(endpoint(random.nextBoolean(), random))
                : Optional.empty();
    }

    private static Endpoint endpoint(boolean v4, RandomGenerator random) {
        var address =
                v4
                        ? IpAddress.v4(random.nextInt())
                        : new IpAddress(0x2001_0db8_0000_0000L, random.nextLong());
        return new Endpoint(address, random.nextInt(65536));
    }

    private static Want want(RandomGenerator random) {
        return new Want(random.nextBoolean(), random.nextBoolean());
    }

    private static ByteString bytes(RandomGenerator random, int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }
}
