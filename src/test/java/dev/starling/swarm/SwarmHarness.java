package dev.starling.swarm;

import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoWriter;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// A swarm on a virtual clock, with hand-made peers; remembers all it did.
final class SwarmHarness {

    static final int PIECE_BYTES = 4 * BlockRange.BLOCK_BYTES;
    static final Id OUR_ID = new Id(5, 0, 0);
    static final Swarm.Settings SETTINGS = new Swarm.Settings(OUR_ID, 6881, 30, 4);

    final Swarm swarm;
    final List<SwarmEffect> effects = new ArrayList<>();
    private final Map<ConnectionId, List<WireMessage>> said = new HashMap<>();
    private final Set<ConnectionId> gone = new HashSet<>();
    long nowNanos = Duration.ofHours(1).toNanos();
    private int peerCount;

    SwarmHarness(Swarm swarm) {
        this.swarm = swarm;
    }

    /// Knows the metadata and has no piece.
    static SwarmHarness leeching(InfoDictionary info) {
        return opened(info, new PieceSet(info.pieceCount()));
    }

    static SwarmHarness seeding(InfoDictionary info) {
        return opened(info, PieceSet.full(info.pieceCount()));
    }

    static SwarmHarness opened(InfoDictionary info, PieceSet have) {
        return opened(info, have, BlockSet.EMPTY);
    }

    static SwarmHarness opened(InfoDictionary info, PieceSet have, BlockSet written) {
        var harness = new SwarmHarness(new Swarm(info, SETTINGS, new SplittableRandom(7)));
        harness.input(new SwarmInput.Opened(have, written));
        return harness;
    }

    static SwarmHarness magnet(InfoDictionary info) {
        return new SwarmHarness(new Swarm(info.infoHash(), SETTINGS, new SplittableRandom(7)));
    }

    /// A torrent of one file in pieces of four blocks.
    static InfoDictionary info(int pieceCount) {
        byte[] hashes = new byte[pieceCount * Sha1.LENGTH_BYTES];
        return InfoWriter.single("file", (long) pieceCount * PIECE_BYTES, PIECE_BYTES, hashes);
    }

    /// A torrent of many files of one piece each.
    static InfoDictionary folder(int fileCount) {
        var files = new ArrayList<InfoWriter.SourceFile>();
        for (int file = 0; file < fileCount; file++) {
            files.add(new InfoWriter.SourceFile(List.of("file" + file), PIECE_BYTES));
        }
        byte[] hashes = new byte[fileCount * Sha1.LENGTH_BYTES];
        return InfoWriter.folder("folder", files, PIECE_BYTES, hashes);
    }

    private void note(SwarmEffect effect) {
        effects.add(effect);
        if (effect instanceof SwarmEffect.Send(var connection, var message)) {
            said.computeIfAbsent(connection, _ -> new ArrayList<>()).add(message);
        } else if (effect instanceof SwarmEffect.Disconnect(var connection, _)) {
            gone.add(connection);
        }
    }

    /// Forgets what the swarm has done so far.
    void forget() {
        effects.clear();
        said.clear();
    }

    void input(SwarmInput input) {
        swarm.handle(input, nowNanos, this::note);
    }

    /// Lets time go by, with every deadline kept.
    void pass(Duration duration) {
        long until = nowNanos + duration.toNanos();
        while (swarm.nextDeadlineNanos() <= until) {
            nowNanos = Math.max(nowNanos, swarm.nextDeadlineNanos());
            swarm.expire(nowNanos, this::note);
        }
        nowNanos = until;
    }

    /// A peer we called, that speaks all extensions.
    Peer outgoing() {
        return connect(true, Handshake.Features.OURS);
    }

    Peer incoming() {
        return connect(false, Handshake.Features.OURS);
    }

    Peer connect(boolean isOutgoing, Handshake.Features features) {
        var endpoint = endpoint(++peerCount);
        var peerId = new Id(1_000 + peerCount, 0, 0);
        return connect(endpoint, isOutgoing, new Handshake(swarm.infoHash(), peerId, features));
    }

    Peer connect(Endpoint endpoint, boolean isOutgoing, Handshake handshake) {
        var peer = new Peer(new ConnectionId(effects.size() * 1_000L + peerCount++), endpoint);
        input(new SwarmInput.Connected(peer.connection, endpoint, isOutgoing, handshake));
        return peer;
    }

    static Endpoint endpoint(int number) {
        return Endpoint.parse("8.8." + number / 250 + "." + (number % 250 + 1) + ":6881")
                .orElseThrow();
    }

    /// Blocks of a piece that were stored.
    long stored(int pieceIndex) {
        return all(SwarmEffect.StoreBlock.class).stream()
                .filter(store -> store.pieceIndex() == pieceIndex)
                .count();
    }

    <T extends SwarmEffect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The other end of one connection.
    final class Peer {

        final ConnectionId connection;
        final Endpoint endpoint;

        Peer(ConnectionId connection, Endpoint endpoint) {
            this.connection = connection;
            this.endpoint = endpoint;
        }

        void says(WireMessage message) {
            input(new SwarmInput.Received(connection, message));
        }

        /// Has everything and lets us have it.
        Peer seeds() {
            says(new WireMessage.HaveAll());
            says(new WireMessage.Unchoke());
            return this;
        }

        void introducesItself(OptionalInt metadataSize, boolean isUploadOnly) {
            says(
                    new WireMessage.ExtensionHandshake(
                            OptionalInt.of(3),
                            OptionalInt.of(4),
                            OptionalInt.of(500),
                            metadataSize,
                            OptionalInt.empty(),
                            isUploadOnly,
                            "test"));
        }

        List<WireMessage> heard() {
            return said.getOrDefault(connection, List.of());
        }

        <T extends WireMessage> List<T> heard(Class<T> kind) {
            return heard().stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /// Requests that were neither cancelled nor answered by [#delivers].
        List<BlockRange> requests() {
            var open = new ArrayList<BlockRange>();
            for (var message : heard()) {
                if (message instanceof WireMessage.Request(var range)) {
                    open.add(range);
                } else if (message instanceof WireMessage.Cancel(var range)) {
                    open.remove(range);
                }
            }
            delivered.forEach(open::remove);
            return open;
        }

        private final List<BlockRange> delivered = new ArrayList<>();

        void delivers(BlockRange range) {
            delivered.add(range);
            says(
                    new WireMessage.Piece(
                            range.pieceIndex(),
                            range.offsetBytes(),
                            ByteBuffer.allocate(range.lengthBytes())));
        }

        /// Delivers what is requested, in order, until a condition holds.
        void deliversUntil(BooleanSupplier done) {
            while (!done.getAsBoolean()) {
                delivers(requests().get(0));
            }
        }

        /// Delivers whatever is requested until nothing is.
        void deliversAll() {
            for (var open = requests(); !open.isEmpty(); open = requests()) {
                open.forEach(this::delivers);
            }
        }

        void sendsMetadata(byte[] encoded, int block) {
            int offset = block * MetadataAssembly.BLOCK_BYTES;
            int length = Math.min(MetadataAssembly.BLOCK_BYTES, encoded.length - offset);
            var data = ByteString.of(encoded, offset, length);
            says(new WireMessage.MetadataData(block, encoded.length, data));
        }

        boolean isGone() {
            return gone.contains(connection);
        }

        boolean isBanned() {
            return all(SwarmEffect.Banned.class).stream()
                    .anyMatch(effect -> effect.endpoint().equals(endpoint));
        }

        void closes() {
            input(new SwarmInput.Closed(connection));
        }
    }
}
