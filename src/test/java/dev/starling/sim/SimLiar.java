package dev.starling.sim;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node that answers every query with invented contacts right beside what is asked for.
final class SimLiar {

    private final KrpcCodec codec = new KrpcCodec();
    private final Id id;
    private final SimWorld world;
    private final Endpoint endpoint;

    private SimLiar(SimDhtNode victim, SimWorld world) {
        this.id = victim.id();
        this.world = world;
        this.endpoint = victim.endpoint();
    }

    /// Puts a liar in the place of an honest node, under its id and address.
    static void takeOver(SimDhtNode victim, SimWorld world) {
        var liar = new SimLiar(victim, world);
        world.remove(victim);
        world.network()
                .bind(
                        liar.endpoint,
                        (from, datagram) -> {
                            if (liar.codec.decode(datagram)
                                            instanceof KrpcCodec.Message(var message)
                                    && message instanceof KrpcQuery query) {
                                liar.lie(query, from);
                            }
                        });
    }

    private void lie(KrpcQuery query, Endpoint asker) {
        var target =
                switch (query) {
                    case KrpcQuery.FindNode find -> find.target();
                    case KrpcQuery.GetPeers get -> get.infoHash();
                    case KrpcQuery.AnnouncePeer announce -> announce.infoHash();
                    case KrpcQuery.Get get -> get.target();
                    case KrpcQuery.Put put -> put.item().target();
                    case KrpcQuery.SampleInfohashes sample -> sample.target();
                    case KrpcQuery.Ping _, KrpcQuery.Unknown _ -> id;
                };
        var invented = new ArrayList<Contact>();
        for (int i = 0; i < 8; i++) {
            var address = IpAddress.v4(world.random().nextInt());
            var beside = target.prefixed(150, Id.random(world.random()));
            invented.add(new Contact(beside, new Endpoint(address, 6881)));
        }
        var lie =
                new KrpcResponse(
                        query.transaction(),
                        id,
                        invented,
                        List.of(),
                        ByteString.utf8("token"),
                        Optional.of(asker),
                        ByteString.EMPTY);
        world.network().send(endpoint, asker, codec.encode(lie));
    }
}
