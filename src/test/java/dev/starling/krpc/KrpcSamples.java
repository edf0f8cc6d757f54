package dev.starling.krpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcQuery.Header;
import dev.starling.krpc.KrpcQuery.Want;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
        return switch (random.nextInt(7)) {
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
            default -> response(header, random);
        };
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
                header.version());
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
