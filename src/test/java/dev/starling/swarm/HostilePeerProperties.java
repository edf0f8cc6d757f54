package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HostilePeerProperties {

    private static final int PIECES = 12;
    private static final int STEPS = 2_000;

    @Test
    void noOrderOfMessagesThrowsOrStoresABlockTwice() {
        for (long seed = 1; seed <= 25; seed++) {
            try {
                attack(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void noOrderOfMessagesMisleadsAMagnet() {
        for (long seed = 1; seed <= 25; seed++) {
            var random = new SplittableRandom(seed);
            var swarm = SwarmHarness.magnet(SwarmHarness.info(PIECES));
            var peers = new ArrayList<SwarmHarness.Peer>();
            for (int step = 0; step < STEPS; step++) {
                say(swarm, peers, random);
            }
            assertThat(swarm.swarm.info()).as("seed " + seed).isEmpty();
        }
    }

    private static void attack(long seed) {
        var random = new SplittableRandom(seed);
        var info = SwarmHarness.info(PIECES);
        var have = new PieceSet(PIECES);
        have.add(random.nextInt(PIECES));
        var swarm = SwarmHarness.opened(info, have);
        var peers = new ArrayList<SwarmHarness.Peer>();
        var disk = new Disk(info);
        for (int step = 0; step < STEPS; step++) {
            say(swarm, peers, random);
            disk.settle(swarm, random);
        }
        var status = swarm.swarm.status(swarm.nowNanos);
        assertThat(status.peersConnected())
                .isLessThanOrEqualTo(SwarmHarness.SETTINGS.maxConnections());
        assertThat(status.haveBytes()).isBetween(0L, status.wantedBytes());
    }

    private static void say(
            SwarmHarness swarm, List<SwarmHarness.Peer> peers, SplittableRandom random) {
        peers.removeIf(SwarmHarness.Peer::isGone);
        if (peers.isEmpty() || random.nextInt(40) == 0) {
            peers.add(random.nextBoolean() ? swarm.outgoing() : swarm.incoming());
        }
        var peer = peers.get(random.nextInt(peers.size()));
        int dice = random.nextInt(100);
        if (dice == 0) {
            peer.closes();
            peers.remove(peer);
        } else if (dice < 5) {
            swarm.pass(Duration.ofSeconds(random.nextInt(10)));
        } else if (dice < 40 && !peer.requests().isEmpty()) {
            peer.delivers(peer.requests().get(0));
        } else {
            peer.says(message(random));
        }
    }

    private static WireMessage message(SplittableRandom random) {
        int piece = random.nextInt(20) == 0 ? random.nextInt(-1, 1_000) : random.nextInt(PIECES);
        var range =
                new BlockRange(
                        Math.max(0, piece),
                        random.nextInt(5) * 16_384,
                        random.nextInt(10) == 0 ? 1 + random.nextInt(40_000) : 16_384);
        return switch (random.nextInt(20)) {
            case 0 -> new WireMessage.Choke();
            case 1, 2, 3 -> new WireMessage.Unchoke();
            case 4 -> new WireMessage.Interested();
            case 5 -> new WireMessage.NotInterested();
            case 6 -> new WireMessage.Have(piece);
            case 7 -> new WireMessage.Bitfield(ByteString.of(new byte[] {(byte) piece, 0}));
            case 8 -> new WireMessage.Request(range);
            case 9 ->
                    new WireMessage.Piece(
                            piece, range.offsetBytes(), ByteBuffer.allocate(range.lengthBytes()));
            case 10 -> new WireMessage.Cancel(range);
            case 11, 12 -> new WireMessage.HaveAll();
            case 13 -> new WireMessage.HaveNone();
            case 14 -> new WireMessage.SuggestPiece(piece);
            case 15 -> new WireMessage.RejectRequest(range);
            case 16 -> new WireMessage.AllowedFast(piece);
            case 17 ->
                    new WireMessage.ExtensionHandshake(
                            OptionalInt.of(1),
                            OptionalInt.of(2),
                            OptionalInt.of(random.nextInt(-5, 3_000)),
                            OptionalInt.of(random.nextInt(-1, 100_000)),
                            OptionalInt.of(random.nextInt(-1, 70_000)),
                            random.nextInt(10) == 0,
                            "x".repeat(random.nextInt(200)));
            case 18 ->
                    random.nextBoolean()
                            ? new WireMessage.MetadataRequest(random.nextInt(-1, 10))
                            : new WireMessage.MetadataData(
                                    random.nextInt(5),
                                    random.nextInt(50_000),
                                    ByteString.of(new byte[random.nextInt(16_385)]));
            default ->
                    random.nextBoolean()
                            ? new WireMessage.MetadataReject(random.nextInt(-1, 10))
                            : new WireMessage.PeerExchange(
                                    List.of(
                                            SwarmHarness.endpoint(random.nextInt(2_000)),
                                            Endpoint.parse("0.0.0.0:0").orElseThrow()),
                                    List.of(),
                                    Set.of());
        };
    }

    /// Storage that now and then finds a piece wrong.
    private static final class Disk {

        private final InfoDictionary info;
        private final Map<Integer, Integer> stored = new HashMap<>();
        private int seen;

        Disk(InfoDictionary info) {
            this.info = info;
        }

        void settle(SwarmHarness swarm, SplittableRandom random) {
            for (; seen < swarm.effects.size(); seen++) {
                switch (swarm.effects.get(seen)) {
                    case SwarmEffect.StoreBlock(int piece, int offset, _) -> {
                        int mask = 1 << (offset / BlockRange.BLOCK_BYTES);
                        assertThat(stored.getOrDefault(piece, 0) & mask).isZero();
                        int all = stored.getOrDefault(piece, 0) | mask;
                        stored.put(piece, all);
                        if (all == (1 << info.blockCount(piece)) - 1) {
                            stored.remove(piece);
                            swarm.input(
                                    random.nextInt(3) == 0
                                            ? new SwarmInput.PieceVerified(piece)
                                            : new SwarmInput.PieceFailed(piece));
                        }
                    }
                    case SwarmEffect.DigestBlocks(int piece) -> {
                        var digests = new ArrayList<Id>();
                        for (int block = 0; block < info.blockCount(piece); block++) {
                            digests.add(new Id(random.nextInt(2), 0, 0));
                        }
                        swarm.input(new SwarmInput.BlocksDigested(piece, digests));
                    }
                    case SwarmEffect.Upload(var connection, var range) ->
                            swarm.input(new SwarmInput.Uploaded(connection, range));
                    case SwarmEffect.Connect(var endpoint) ->
                            swarm.input(new SwarmInput.ConnectFailed(endpoint, "refused"));
                    case SwarmEffect.Disconnect _,
                            SwarmEffect.Send _,
                            SwarmEffect.MetadataVerified _,
                            SwarmEffect.MetadataRefused _,
                            SwarmEffect.NeedPeers _,
                            SwarmEffect.Completed _,
                            SwarmEffect.Banned _ -> {}
                }
            }
        }
    }
}
