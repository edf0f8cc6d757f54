package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DownloadsTest {

    @Test
    void anUnchokeIsAnsweredByAWindowOfRequests() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(100));
        var peer = swarm.outgoing();

        peer.seeds();

        assertThat(peer.heard(WireMessage.Interested.class)).hasSize(1);
        assertThat(peer.requests()).hasSize(RequestWindow.FLOOR).doesNotHaveDuplicates();
    }

    @Test
    void everyBlockIsStoredOnceAndAnsweredByTheNextRequests() {
        var info = SwarmHarness.info(100);
        var swarm = SwarmHarness.leeching(info);
        var peer = swarm.outgoing().seeds();

        peer.deliversAll();

        var stored = new HashSet<List<Integer>>();
        for (var store : swarm.all(SwarmEffect.StoreBlock.class)) {
            stored.add(List.of(store.pieceIndex(), store.offsetBytes()));
        }
        assertThat(stored).hasSize(400);
        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).hasSize(400);
    }

    @Test
    void theWindowDoublesUpToWhatThePeerQueues() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1_000));
        var peer = swarm.outgoing().seeds();

        for (var range : peer.requests()) {
            peer.delivers(range);
        }
        assertThat(peer.requests()).hasSize(2 * RequestWindow.FLOOR);

        for (int round = 0; round < 5; round++) {
            peer.requests().forEach(peer::delivers);
        }
        assertThat(peer.requests()).hasSize(RequestWindow.UNKNOWN_REQQ);
    }

    /// Transmission 3.00 rejects the request that would fill its queue.
    @Test
    void theQueueThatAPeerTellsOfIsNeverFilled() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1_000));
        var peer = swarm.outgoing().seeds();
        peer.introducesItself(OptionalInt.empty(), false); // queues 500

        for (int round = 0; round < 6; round++) {
            peer.requests().forEach(peer::delivers);
        }

        assertThat(peer.requests()).hasSize(499);
    }

    @Test
    void completionFollowsTheLastVerifiedPiece() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(2));
        swarm.outgoing().seeds().deliversAll();

        swarm.input(new SwarmInput.PieceVerified(0));
        assertThat(swarm.all(SwarmEffect.Completed.class)).isEmpty();
        swarm.input(new SwarmInput.PieceVerified(1));

        assertThat(swarm.all(SwarmEffect.Completed.class)).hasSize(1);
        assertThat(swarm.swarm.status(swarm.nowNanos).stage()).isEqualTo(SwarmStatus.Stage.SEEDING);
    }

    @Test
    void onlyPiecesOfSelectedFilesAreRequested() {
        var swarm = SwarmHarness.leeching(SwarmHarness.folder(10));
        swarm.input(new SwarmInput.Select(List.of(3, 7, 99)));
        var peer = swarm.outgoing().seeds();

        assertThat(peer.requests()).extracting(BlockRange::pieceIndex).containsOnly(3, 7);
        peer.deliversAll();
        swarm.input(new SwarmInput.PieceVerified(3));
        swarm.input(new SwarmInput.PieceVerified(7));

        assertThat(swarm.all(SwarmEffect.Completed.class)).hasSize(1);
        var status = swarm.swarm.status(swarm.nowNanos);
        assertThat(status.haveBytes()).isEqualTo(status.wantedBytes());
        assertThat(status.wantedBytes()).isEqualTo(2L * SwarmHarness.PIECE_BYTES);
    }

    @Test
    void filesChosenBeforeTheOpeningAreTheOnlyOnesEverRequested() {
        var info = SwarmHarness.folder(10);
        var swarm =
                new SwarmHarness(new Swarm(info, SwarmHarness.SETTINGS, new SplittableRandom(1)));
        var peer = swarm.outgoing().seeds();

        swarm.input(new SwarmInput.Select(List.of(3, 7)));
        swarm.input(new SwarmInput.Opened(new PieceSet(info.pieceCount())));

        assertThat(peer.requests()).extracting(BlockRange::pieceIndex).containsOnly(3, 7);
    }

    @Test
    void blocksWrittenByAnEarlierRunAreNotRequestedAndTheirPieceIsFinishedFirst() {
        var info = SwarmHarness.info(1_000);
        var written = BlockSet.of(Map.of(700, BitSet.valueOf(new long[] {0b1101})));
        var swarm = SwarmHarness.opened(info, new PieceSet(1_000), written);
        var peer = swarm.outgoing().seeds();

        assertThat(peer.requests().getFirst()).isEqualTo(info.block(700, 1));
        peer.deliversUntil(() -> peer.requests().isEmpty());

        assertThat(swarm.stored(700)).isEqualTo(1);
        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).hasSize(4_000 - 3);
    }

    @Test
    void blocksWrittenByAnEarlierRunAreOfNoUseOnceStorageHasLostThem() {
        var written = BlockSet.of(Map.of(1, BitSet.valueOf(new long[] {0b0111})));
        var swarm = SwarmHarness.opened(SwarmHarness.info(2), new PieceSet(2), written);
        swarm.input(new SwarmInput.StorageStalled("disk full"));
        swarm.input(new SwarmInput.StorageResumed());

        swarm.outgoing().seeds().deliversAll();

        assertThat(swarm.stored(1)).isEqualTo(4);
    }

    @Test
    void blocksWrittenOfAFileLeftOutAreUsedOnceItIsChosen() {
        var info = SwarmHarness.folder(10);
        var written = BlockSet.of(Map.of(5, BitSet.valueOf(new long[] {0b0111})));
        var swarm =
                new SwarmHarness(new Swarm(info, SwarmHarness.SETTINGS, new SplittableRandom(1)));
        var peer = swarm.outgoing().seeds();
        swarm.input(new SwarmInput.Select(List.of(3)));
        swarm.input(new SwarmInput.Opened(new PieceSet(info.pieceCount()), written));
        peer.deliversAll();
        assertThat(swarm.stored(5)).isZero();

        swarm.input(new SwarmInput.Select(List.of(3, 5)));
        peer.deliversAll();

        assertThat(swarm.stored(5)).isEqualTo(1);
    }

    @Test
    void theRarestPieceIsRequestedFirst() {
        var info = SwarmHarness.info(20);
        var have = PieceSet.full(20);
        for (int piece = 4; piece < 20; piece++) {
            have.remove(piece);
        }
        var swarm = SwarmHarness.opened(info, have);
        for (int i = 0; i < 3; i++) {
            var common = PieceSet.full(20);
            common.remove(13);
            tellBits(swarm.outgoing(), common);
        }

        var peer = swarm.outgoing().seeds();

        assertThat(peer.requests().get(0).pieceIndex()).isEqualTo(13);
    }

    @Test
    void inTheEndgameABlockIsAskedOfTwoPeersAtMostAndTheLoserIsCancelled() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var first = swarm.outgoing().seeds();
        var second = swarm.outgoing().seeds();
        var third = swarm.outgoing().seeds();

        assertThat(first.requests()).hasSize(4);
        assertThat(second.requests()).hasSize(4);
        assertThat(third.requests()).isEmpty();
        var block = first.requests().get(0);
        first.delivers(block);

        assertThat(second.requests()).doesNotContain(block);
        assertThat(second.heard(WireMessage.Cancel.class))
                .containsExactly(new WireMessage.Cancel(block));
    }

    @Test
    void aSilentPeerIsPutAsideAndOthersGetItsBlocks() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(8));
        var silent = swarm.outgoing().seeds();
        assertThat(silent.requests()).hasSize(32);
        swarm.pass(Duration.ofSeconds(22));
        assertThat(silent.requests()).hasSize(1);
        assertThat(swarm.swarm.peers(swarm.nowNanos).get(0).isSnubbed()).isTrue();

        swarm.outgoing().seeds().deliversAll();

        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).hasSize(32);
    }

    @Test
    void aPeerPutAsideIsTakenBackWithItsNextBlock() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(100));
        var peer = swarm.outgoing().seeds();
        swarm.pass(Duration.ofSeconds(22));
        assertThat(peer.requests()).hasSize(1);

        peer.delivers(peer.requests().get(0));

        assertThat(swarm.swarm.peers(swarm.nowNanos).get(0).isSnubbed()).isFalse();
        assertThat(peer.requests()).hasSizeGreaterThan(30);
    }

    @Test
    void whatAChokingPeerHeldIsAskedOfOthersAtOnce() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(8));
        var fickle = swarm.outgoing().seeds();
        var steady = swarm.outgoing().seeds();
        int before = steady.requests().size();

        fickle.says(new WireMessage.Choke());

        assertThat(before).isBetween(1, 8);
        steady.deliversAll();
        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).hasSize(32);
    }

    @Test
    void aLateBlockOfAChokingPeerStillCounts() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(8));
        var peer = swarm.outgoing().seeds();
        var block = peer.requests().get(0);
        peer.says(new WireMessage.Choke());

        peer.delivers(block);

        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).hasSize(1);
        assertThat(swarm.swarm.status(swarm.nowNanos).wastedBytes()).isZero();
    }

    @Test
    void aRejectedRequestIsNotRepeatedAtOnce() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(8));
        var peer = swarm.outgoing().seeds();
        int asked = peer.heard(WireMessage.Request.class).size();

        for (var range : peer.requests()) {
            peer.says(new WireMessage.RejectRequest(range));
        }

        assertThat(peer.heard(WireMessage.Request.class)).hasSize(asked);
        swarm.pass(Duration.ofSeconds(3));
        assertThat(peer.heard(WireMessage.Request.class).size()).isGreaterThan(asked);
    }

    @Test
    void unrequestedBlocksAreWastedAndThenEndTheConnection() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(100));
        var peer = swarm.outgoing();
        peer.says(new WireMessage.HaveAll());

        for (int i = 0; i < Downloads.MAX_STRAYS; i++) {
            peer.delivers(new BlockRange(i, 0, BlockRange.BLOCK_BYTES));
        }
        assertThat(peer.isGone()).isFalse();
        peer.delivers(new BlockRange(99, 0, BlockRange.BLOCK_BYTES));

        assertThat(peer.isGone()).isTrue();
        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).isEmpty();
    }

    @Test
    void aBlockThatNobodyAsksForEndsTheConnection() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(2));

        for (int[] odd :
                new int[][] {{0, 1, 16_384}, {0, 0, 100}, {2, 0, 16_384}, {0, 65_536, 1}}) {
            var peer = swarm.outgoing().seeds();
            peer.says(new WireMessage.Piece(odd[0], odd[1], ByteBuffer.allocate(odd[2])));
            assertThat(peer.isGone()).isTrue();
        }
    }

    @Test
    void nothingIsRequestedWhileStorageIsStalled() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(100));
        var peer = swarm.outgoing().seeds();
        peer.delivers(peer.requests().get(0));

        swarm.input(new SwarmInput.StorageStalled("disk full"));
        swarm.pass(Duration.ofSeconds(30));
        assertThat(peer.requests()).isEmpty();
        assertThat(swarm.swarm.status(swarm.nowNanos).stage())
                .isEqualTo(SwarmStatus.Stage.STORAGE_STALLED);

        swarm.input(new SwarmInput.StorageResumed());
        assertThat(peer.requests()).isNotEmpty();
    }

    @Test
    void piecesAllowedFastAreRequestedOfAChokingPeer() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(100));
        var peer = swarm.outgoing();
        peer.says(new WireMessage.HaveAll());

        peer.says(new WireMessage.AllowedFast(42));

        assertThat(peer.requests()).extracting(BlockRange::pieceIndex).containsOnly(42).hasSize(4);
    }

    @Test
    void aSuggestedPieceIsPreferred() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1_000));
        var peer = swarm.outgoing();
        peer.says(new WireMessage.HaveAll());
        peer.says(new WireMessage.SuggestPiece(777));

        peer.says(new WireMessage.Unchoke());

        assertThat(peer.requests().get(0).pieceIndex()).isEqualTo(777);
    }

    @Test
    void interestFollowsWhatThePeerHas() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(4));
        var peer = swarm.connect(true, new Handshake.Features(true, false, false));
        assertThat(peer.heard(WireMessage.Interested.class)).isEmpty();

        peer.says(new WireMessage.Have(2));
        assertThat(peer.heard(WireMessage.Interested.class)).hasSize(1);
        swarm.input(new SwarmInput.PieceVerified(2));

        assertThat(peer.heard(WireMessage.NotInterested.class)).hasSize(1);
        assertThat(peer.heard(WireMessage.Have.class)).containsExactly(new WireMessage.Have(2));
    }

    @Test
    void everyMessageOfALostPeerIsForgotten() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(8));
        var lost = swarm.outgoing().seeds();
        lost.closes();

        var next = swarm.outgoing().seeds();
        next.deliversAll();

        assertThat(swarm.all(SwarmEffect.StoreBlock.class)).hasSize(32);
    }

    private static void tellBits(SwarmHarness.Peer peer, PieceSet pieces) {
        peer.says(new WireMessage.Bitfield(ByteString.of(pieces.toBitfield())));
    }
}
