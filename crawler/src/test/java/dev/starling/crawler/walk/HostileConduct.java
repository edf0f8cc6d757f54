package dev.starling.crawler.walk;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.crawler.paper.PaperConduct;
import dev.starling.crawler.paper.PaperNetwork;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcQuery;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Nodes that do their worst: every third of a network, in turn each in one of several ways.
///
/// They also invent nodes without end. The first two bytes of such a node's id are its port, the
/// others follow from its address, so that all of them can answer and none needs to be remembered.
final class HostileConduct implements PaperConduct {

    /// What a hostile node does.
    enum Kind {
        /// Holds fifty infohashes that nobody ever made, others each time, and wants no interval.
        LIES,
        /// Names nodes that answer, at its own address, which name such nodes.
        CHAIN,
        /// Names nodes that nobody is.
        PHANTOMS,
        GARBAGE,
        /// A length that is none, an interval beyond all times, strings where lists belong.
        WRONG_FIELDS,
        /// Answers from another address, and twice with another transaction.
        SPOOFED,
        /// As much as one datagram takes.
        OVERSIZE,
        /// Another id each time.
        OTHER_ID,
        ERROR,
        /// Names itself, us, and addresses where nobody lives.
        LOOP
    }

    private static final int HOSTILE_SHARE = 3;
    private static final int NAMED = 8;
    private static final int SAMPLED = 50;
    private static final int FIRST_PHANTOM = 0x20000000;
    private static final int PHANTOM_ADDRESSES = 1 << 24;
    private static final int OVERSIZE_ENTRIES = 900;
    private static final int GARBAGE_BYTES = 400;
    private static final int PREFIX_SHIFT = Long.SIZE - Short.SIZE;

    private final PaperNetwork network;
    private final SplittableRandom random;

    HostileConduct(PaperNetwork network, long seed) {
        this.network = network;
        random = new SplittableRandom(seed);
    }

    static boolean isHostile(int node) {
        return node % HOSTILE_SHARE == 1;
    }

    @Override
    public Optional<List<Reply>> replies(Endpoint at, KrpcQuery query) {
        int node = network.node(at);
        if (node < 0) {
            boolean isPhantom = at.address().v4Bits() >= FIRST_PHANTOM;
            return Optional.of(isPhantom ? List.of() : List.of(chain(at, invented(at), query)));
        }
        return isHostile(node) ? Optional.of(replies(kind(node), node, query)) : Optional.empty();
    }

    static Kind kind(int node) {
        return Kind.values()[node / HOSTILE_SHARE % Kind.values().length];
    }

    private List<Reply> replies(Kind kind, int node, KrpcQuery query) {
        var at = network.endpoint(node);
        var id = network.id(node);
        return switch (kind) {
            case LIES -> List.of(lie(at, id, query));
            case CHAIN -> List.of(chain(at, id, query));
            case PHANTOMS -> List.of(phantoms(at, id, query));
            case GARBAGE -> List.of(new Reply(at, ByteString.of(garbage())));
            case WRONG_FIELDS -> List.of(wrong(at, id, query));
            case SPOOFED -> spoofed(at, id, query);
            case OVERSIZE -> List.of(oversize(at, id, query));
            case OTHER_ID -> List.of(lie(at, Id.random(random), query));
            case ERROR -> List.of(error(at, query));
            case LOOP -> List.of(loop(at, id, query));
        };
    }

    private Reply lie(Endpoint at, Id id, KrpcQuery query) {
        byte[] samples = bytes(SAMPLED * Id.LENGTH_BYTES);
        var writer =
                begin(id)
                        .key("interval")
                        .integer(0)
                        .key("nodes")
                        .string(new byte[0])
                        .key("num")
                        .integer(Integer.MAX_VALUE)
                        .key("samples")
                        .string(samples);
        return end(at, writer, query);
    }

    /// Names living nodes at its own address, near what is asked for.
    private Reply chain(Endpoint at, Id id, KrpcQuery query) {
        return naming(at, id, query, at.address().v4Bits(), 1);
    }

    /// Names nodes at all kinds of addresses, none of which answers.
    private Reply phantoms(Endpoint at, Id id, KrpcQuery query) {
        int from = FIRST_PHANTOM + random.nextInt(PHANTOM_ADDRESSES);
        return naming(at, id, query, from, NAMED);
    }

    private Reply naming(Endpoint at, Id id, KrpcQuery query, int address, int addresses) {
        var nodes = ByteBuffer.allocate(NAMED * 26);
        long near = target(query).high() >>> PREFIX_SHIFT;
        for (int i = 0; i < NAMED; i++) {
            int port = (int) Math.max(1, near ^ random.nextInt(1 << 8));
            var endpoint = new Endpoint(IpAddress.v4(address + i % addresses * 256), port);
            nodes.put(invented(endpoint).toBytes());
            nodes.putInt(endpoint.address().v4Bits()).putShort((short) port);
        }
        return end(at, begin(id).key("nodes").string(nodes.array()), query);
    }

    private static Id invented(Endpoint at) {
        long rest = new SplittableRandom(at.address().v4Bits()).nextLong();
        return new Id((long) at.port() << PREFIX_SHIFT | rest >>> Short.SIZE, rest, 7);
    }

    private Reply wrong(Endpoint at, Id id, KrpcQuery query) {
        var writer =
                begin(id)
                        .key("interval")
                        .integer(random.nextBoolean() ? -1 : Long.MAX_VALUE)
                        .key("nodes")
                        .string(bytes(26 * NAMED - 3))
                        .key("num")
                        .string(new byte[] {'9'})
                        .key("samples")
                        .string(bytes(Id.LENGTH_BYTES + 1))
                        .key("values")
                        .string(bytes(Id.LENGTH_BYTES));
        return end(at, writer, query);
    }

    private List<Reply> spoofed(Endpoint at, Id id, KrpcQuery query) {
        var reply = lie(at, id, query);
        byte[] other = reply.datagram().toBytes();
        int transaction = other.length - 12;
        other[transaction] ^= 1;
        var elsewhere = new Endpoint(IpAddress.v4(at.address().v4Bits() + 1), at.port());
        return List.of(
                new Reply(elsewhere, reply.datagram()),
                new Reply(at, ByteString.of(other)),
                new Reply(at, ByteString.of(other)));
    }

    private Reply oversize(Endpoint at, Id id, KrpcQuery query) {
        var writer =
                begin(id)
                        .key("interval")
                        .integer(1)
                        .key("nodes")
                        .string(bytes(26 * OVERSIZE_ENTRIES))
                        .key("num")
                        .integer(OVERSIZE_ENTRIES)
                        .key("samples")
                        .string(bytes(Id.LENGTH_BYTES * OVERSIZE_ENTRIES))
                        .key("values")
                        .beginList();
        for (int i = 0; i < OVERSIZE_ENTRIES; i++) {
            writer.string(bytes(6));
        }
        return end(at, writer.end(), query);
    }

    private Reply error(Endpoint at, KrpcQuery query) {
        byte[] datagram =
                new BencodeWriter()
                        .beginDictionary()
                        .key("e")
                        .beginList()
                        .integer(204)
                        .text("no")
                        .end()
                        .key("t")
                        .string(query.transaction().toBytes())
                        .key("y")
                        .text("e")
                        .end()
                        .toBytes();
        return new Reply(at, ByteString.of(datagram));
    }

    private Reply loop(Endpoint at, Id id, KrpcQuery query) {
        var nodes = ByteBuffer.allocate(4 * 26);
        put(nodes, id, at.address().v4Bits(), at.port());
        put(nodes, query.header().sender(), 0x7f000001, 1);
        put(nodes, target(query), 0, 0);
        put(nodes, target(query).flipped(150), 0xffffffff, 0xffff);
        return end(at, begin(id).key("nodes").string(nodes.array()), query);
    }

    private static void put(ByteBuffer nodes, Id id, int address, int port) {
        nodes.put(id.toBytes()).putInt(address).putShort((short) port);
    }

    private static Id target(KrpcQuery query) {
        return switch (query) {
            case KrpcQuery.FindNode(_, var target, _) -> target;
            case KrpcQuery.SampleInfohashes(_, var target, _) -> target;
            case KrpcQuery.GetPeers get -> get.infoHash();
            case KrpcQuery _ -> Id.ZERO;
        };
    }

    private byte[] garbage() {
        byte[] garbage = bytes(GARBAGE_BYTES);
        if (random.nextBoolean()) {
            Arrays.fill(garbage, (byte) (random.nextBoolean() ? 'l' : 'd'));
        }
        return garbage;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BencodeWriter begin(Id id) {
        return new BencodeWriter()
                .beginDictionary()
                .key("r")
                .beginDictionary()
                .key("id")
                .string(id.toBytes());
    }

    private static Reply end(Endpoint at, BencodeWriter writer, KrpcQuery query) {
        byte[] datagram =
                writer.end()
                        .key("t")
                        .string(query.transaction().toBytes())
                        .key("y")
                        .text("r")
                        .end()
                        .toBytes();
        return new Reply(at, ByteString.of(datagram));
    }
}
