package dev.starling.sim;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Want;
import dev.starling.krpc.KrpcResponse;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Someone who sees nobody's packets but sends in anyone's name, again and again: answers that
/// nobody has asked for, announces with guessed tokens, and queries to make others answer.
final class SimForger {

    private static final int TRANSACTION_BYTES = 4;
    private static final int TOKEN_BYTES = 8;

    private final SimWorld world;
    private final RandomGenerator random;
    private final long gapNanos;
    private final KrpcCodec codec = new KrpcCodec();

    SimForger(SimWorld world, RandomGenerator random, double perSecond) {
        this.world = world;
        this.random = random;
        this.gapNanos = (long) (1e9 / perSecond);
    }

    void begin() {
        world.clock().after(gapNanos, this::forge);
    }

    private void forge() {
        var victim = world.anyNode();
        var named = world.anyNode().contact();
        if (!named.endpoint().equals(victim.endpoint())) {
            var datagram = codec.encode(message(victim.id(), named));
            world.network().send(named.endpoint(), victim.endpoint(), datagram);
        }
        begin();
    }

    private KrpcMessage message(Id target, Contact named) {
        // Half of them under another id than that of the node in whose name they are sent.
        var id = random.nextBoolean() ? named.id() : Id.random(random);
        var header = new KrpcQuery.Header(bytes(TRANSACTION_BYTES), id, false, ByteString.EMPTY);
        return switch (random.nextInt(4)) {
            case 0 -> new KrpcQuery.FindNode(header, target, Want.UNSPECIFIED);
            case 1 -> new KrpcQuery.Ping(header);
            case 2 ->
                    new KrpcQuery.AnnouncePeer(
                            header, Id.random(random), 1, false, bytes(TOKEN_BYTES), false);
            default ->
                    new KrpcResponse(
                            bytes(TRANSACTION_BYTES),
                            id,
                            List.of(new Contact(target.flipped(159), named.endpoint())),
                            List.of(named.endpoint()),
                            bytes(TOKEN_BYTES),
                            Optional.of(named.endpoint()),
                            ByteString.EMPTY);
        };
    }

    private ByteString bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }
}
