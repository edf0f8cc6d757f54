package dev.starling.wire;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.metainfo.BlockRange;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Messages of every kind, as an honest peer sends them.
final class WireSamples {

    private static final int KINDS = 21;

    private WireSamples() {}

    /// An encoder for a remote that has the same numbers as we.
    static WireEncoder encoder() {
        var encoder = new WireEncoder();
        encoder.remote(handshake(OptionalInt.of(1), OptionalInt.of(2)));
        return encoder;
    }

    static List<WireMessage> random(RandomGenerator random, int count) {
        return Stream.generate(() -> random(random)).limit(count).toList();
    }

    static WireMessage random(RandomGenerator random) {
        int index = random.nextInt(Integer.MAX_VALUE);
        return switch (random.nextInt(KINDS)) {
            case 0 -> new WireMessage.KeepAlive();
            case 1 -> new WireMessage.Choke();
            case 2 -> new WireMessage.Unchoke();
            case 3 -> new WireMessage.Interested();
            case 4 -> new WireMessage.NotInterested();
            case 5 -> new WireMessage.Have(index);
            case 6 -> new WireMessage.Bitfield(bytes(random, random.nextInt(300)));
            case 7 -> new WireMessage.Request(range(random));
            case 8 ->
                    new WireMessage.Piece(
                            index,
                            random.nextInt(1 << 20),
                            ByteBuffer.wrap(bytes(random, 1 + random.nextInt(2_000)).toBytes()));
            case 9 -> new WireMessage.Cancel(range(random));
            case 10 -> new WireMessage.Port(random.nextInt(65_536));
            case 11 -> new WireMessage.HaveAll();
            case 12 -> new WireMessage.HaveNone();
            case 13 -> new WireMessage.SuggestPiece(index);
            case 14 -> new WireMessage.RejectRequest(range(random));
            case 15 -> new WireMessage.AllowedFast(index);
            case 16 ->
                    handshake(
                            OptionalInt.of(random.nextInt(256)), OptionalInt.of(random.nextInt(9)));
            case 17 -> new WireMessage.MetadataRequest(random.nextInt(2_048));
            case 18 -> metadata(random);
            case 19 -> new WireMessage.MetadataReject(random.nextInt(2_048));
            default -> new WireMessage.PeerExchange(endpoints(random), endpoints(random), Set.of());
        };
    }

    private static WireMessage.ExtensionHandshake handshake(OptionalInt metadata, OptionalInt pex) {
        return new WireMessage.ExtensionHandshake(
                metadata,
                pex,
                OptionalInt.of(500),
                OptionalInt.of(31_235),
                OptionalInt.of(6881),
                true,
                "Starling");
    }

    private static BlockRange range(RandomGenerator random) {
        return new BlockRange(
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                1 + random.nextInt(WireDecoder.MAX_BLOCK_BYTES));
    }

    private static WireMessage metadata(RandomGenerator random) {
        int total = 1 + random.nextInt(40_000);
        int block = random.nextInt((total + 16_383) / 16_384);
        return new WireMessage.MetadataData(
                block, total, bytes(random, Math.min(16_384, total - block * 16_384)));
    }

    private static List<Endpoint> endpoints(RandomGenerator random) {
        var v4 = new LinkedHashSet<Endpoint>();
        var v6 = new LinkedHashSet<Endpoint>();
        for (int i = random.nextInt(30); i > 0; i--) {
            int port = 1 + random.nextInt(65_535);
            v4.add(new Endpoint(IpAddress.v4(0xc6120000 | random.nextInt(65_536)), port));
            v6.add(new Endpoint(new IpAddress(0x20010db800000000L, random.nextLong()), port));
        }
        return Stream.concat(v4.stream(), v6.stream()).toList();
    }

    private static ByteString bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }
}
