package dev.starling.sim;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A node that answers to do harm.
final class SimAdversary implements SimNetwork.Receiver {

    private static final int NAMED = 8;
    private static final int INVENTED_PEERS = 10;
    private static final int PORT = 6881;

    private final Contact self;
    private final Conduct conduct;
    private final List<Contact> accomplices;
    private final SimNetwork network;
    private final RandomGenerator random;
    private final KrpcCodec codec = new KrpcCodec();

    /// What it does.
    enum Conduct {
        /// Names contacts right beside whatever is asked for, at addresses where nobody is.
        LIES,

        /// Answers with bytes that are no message, or nearly one.
        SENDS_GARBAGE,

        /// Names its accomplices, the closest to what is asked for first, and nobody else.
        NAMES_ACCOMPLICES
    }

    SimAdversary(Contact self, Conduct conduct, List<Contact> accomplices, SimWorld world) {
        this.self = self;
        this.conduct = conduct;
        this.accomplices = accomplices;
        this.network = world.network();
        this.random = world.random();
        world.watch().isAdversary(self.endpoint());
        network.bind(self.endpoint(), this);
    }

    @Override
    public void receive(Endpoint from, ByteBuffer datagram) {
        if (codec.decode(datagram) instanceof KrpcCodec.Message(var message)
                && message instanceof KrpcQuery query) {
            var answer = codec.encode(answer(query, from));
            if (conduct == Conduct.SENDS_GARBAGE) {
                byte[] bytes = new byte[answer.remaining()];
                answer.get(bytes);
                answer = ByteBuffer.wrap(SimGarbage.of(bytes, random));
            }
            network.send(self.endpoint(), from, answer);
        }
    }

    private KrpcResponse answer(KrpcQuery query, Endpoint asker) {
        boolean isPing = query instanceof KrpcQuery.Ping;
        var peers = new ArrayList<Endpoint>();
        if (query instanceof KrpcQuery.GetPeers) {
            for (int i = 0; i < INVENTED_PEERS; i++) {
                peers.add(nowhere());
            }
        }
        return new KrpcResponse(
                query.transaction(),
                self.id(),
                isPing ? List.of() : named(target(query)),
                peers,
                ByteString.utf8("believe me"),
                Optional.of(asker),
                ByteString.EMPTY);
    }

    private Id target(KrpcQuery query) {
        return switch (query) {
            case KrpcQuery.FindNode find -> find.target();
            case KrpcQuery.GetPeers get -> get.infoHash();
            default -> self.id();
        };
    }

    private List<Contact> named(Id target) {
        if (conduct == Conduct.NAMES_ACCOMPLICES) {
            return accomplices.stream()
                    .sorted(Comparator.comparing(Contact::id, target::compareDistance))
                    .limit(NAMED)
                    .toList();
        }
        var invented = new ArrayList<Contact>(NAMED);
        for (int i = 0; i < NAMED; i++) {
            invented.add(new Contact(target.prefixed(100, Id.random(random)), nowhere()));
        }
        return invented;
    }

    private Endpoint nowhere() {
        return new Endpoint(IpAddress.v4(random.nextInt()), PORT);
    }
}
