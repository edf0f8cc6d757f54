package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.BlockRange;
import dev.starling.metainfo.BlockSet;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SmartBanTest {

    private static final Id RIGHT = new Id(1, 0, 0);
    private static final Id WRONG = new Id(2, 0, 0);

    @Test
    void whoSentAFailedPieceAloneIsBannedAtOnce() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var liar = swarm.outgoing().seeds();
        liar.deliversAll();

        swarm.input(new SwarmInput.PieceFailed(0));

        assertThat(liar.isBanned()).isTrue();
        assertThat(liar.isGone()).isTrue();
    }

    @Test
    void amongSeveralTheOneWhoseBlockDiffersIsBannedOnceThePieceIsRight() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var liar = swarm.outgoing().seeds();
        var honest = swarm.outgoing().seeds();
        liar.delivers(block(0));
        liar.delivers(block(1));
        honest.delivers(block(2));
        honest.delivers(block(3));

        swarm.input(new SwarmInput.PieceFailed(0));
        assertThat(swarm.all(SwarmEffect.DigestBlocks.class)).hasSize(1);
        assertThat(swarm.all(SwarmEffect.Banned.class)).isEmpty();
        digested(swarm, RIGHT, WRONG, RIGHT, RIGHT);
        fetchAgain(liar, honest);
        swarm.input(new SwarmInput.PieceVerified(0));
        assertThat(swarm.all(SwarmEffect.DigestBlocks.class)).hasSize(2);
        digested(swarm, RIGHT, RIGHT, RIGHT, RIGHT);

        assertThat(liar.isBanned()).isTrue();
        assertThat(honest.isBanned()).isFalse();
    }

    /// The false block may be one that an earlier run stored.
    @Test
    void aPieceBegunByAnEarlierRunConvictsNobodyAndIsFetchedWhole() {
        var written = BlockSet.of(Map.of(0, BitSet.valueOf(new long[] {0b0011})));
        var swarm = SwarmHarness.opened(SwarmHarness.info(1), new PieceSet(1), written);
        var peer = swarm.outgoing().seeds();
        peer.deliversAll();
        assertThat(swarm.stored(0)).isEqualTo(2);

        swarm.input(new SwarmInput.PieceFailed(0));
        assertThat(peer.isBanned()).isFalse();
        peer.requests().forEach(peer::delivers);
        assertThat(swarm.stored(0)).isEqualTo(6);
        swarm.input(new SwarmInput.PieceFailed(0));

        assertThat(peer.isBanned()).isTrue();
    }

    @Test
    void aFailedPieceIsFetchedAgainFromOnePeerOnly() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var one = swarm.outgoing().seeds();
        var two = swarm.outgoing().seeds();
        one.delivers(block(0));
        two.delivers(block(1));
        one.delivers(block(2));
        two.delivers(block(3));

        swarm.input(new SwarmInput.PieceFailed(0));

        var asked = new ArrayList<>(List.of(one.requests().size(), two.requests().size()));
        assertThat(asked).containsExactlyInAnyOrder(0, 4);
    }

    @Test
    void aSuspectGetsPiecesThatNobodyElseHasAHandIn() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(200));
        var suspect = swarm.outgoing().seeds();
        var other = swarm.outgoing().seeds();
        failTogether(swarm, suspect, other);
        var fresh = swarm.outgoing().seeds();

        suspect.requests().forEach(suspect::delivers);
        fresh.requests().forEach(fresh::delivers);

        var shared = new TreeSet<>(piecesAsked(suspect));
        shared.retainAll(piecesAsked(fresh));
        assertThat(shared).isEmpty();
    }

    @Test
    void aStallThatLosesTheDigestsLosesTheSuspicionToo() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var one = swarm.outgoing().seeds();
        var two = swarm.outgoing().seeds();
        one.delivers(block(0));
        two.delivers(block(1));
        one.delivers(block(2));
        two.delivers(block(3));
        swarm.input(new SwarmInput.PieceFailed(0));
        swarm.input(new SwarmInput.StorageStalled("cannot be read"));
        swarm.input(new SwarmInput.StorageResumed());

        one.deliversAll();
        two.deliversAll();
        swarm.input(new SwarmInput.PieceVerified(0));

        assertThat(swarm.all(SwarmEffect.DigestBlocks.class)).hasSize(1);
        assertThat(swarm.all(SwarmEffect.Completed.class)).hasSize(1);
        assertThat(swarm.all(SwarmEffect.Banned.class)).isEmpty();
    }

    @Test
    void aBannedAddressIsNotDealtWithAgain() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var liar = swarm.outgoing().seeds();
        liar.deliversAll();
        swarm.input(new SwarmInput.PieceFailed(0));
        swarm.forget();

        swarm.input(new SwarmInput.PeersFound(List.of(liar.endpoint), SwarmInput.Source.DHT));
        var again =
                swarm.connect(
                        new Endpoint(liar.endpoint.address(), 5_555),
                        false,
                        new Handshake(
                                swarm.swarm.infoHash(), new Id(77, 0, 0), Handshake.Features.OURS));

        assertThat(swarm.all(SwarmEffect.Connect.class)).isEmpty();
        assertThat(again.isGone()).isTrue();
    }

    /// Both have a hand in one piece, which fails; all else they were asked for they drop.
    private static void failTogether(
            SwarmHarness swarm, SwarmHarness.Peer one, SwarmHarness.Peer two) {
        int piece = one.requests().get(0).pieceIndex();
        one.delivers(one.requests().get(0));
        one.says(new WireMessage.Choke());
        two.deliversUntil(() -> swarm.stored(piece) == 4);
        two.says(new WireMessage.Choke());
        swarm.input(new SwarmInput.PieceFailed(piece));
        swarm.forget();
        one.says(new WireMessage.Unchoke());
    }

    private static Set<Integer> piecesAsked(SwarmHarness.Peer peer) {
        var pieces = new TreeSet<Integer>();
        peer.heard(WireMessage.Request.class).stream()
                .forEach(request -> pieces.add(request.range().pieceIndex()));
        return pieces;
    }

    private static BlockRange block(int index) {
        return new BlockRange(0, index * BlockRange.BLOCK_BYTES, BlockRange.BLOCK_BYTES);
    }

    private static void digested(SwarmHarness swarm, Id... digests) {
        swarm.input(new SwarmInput.BlocksDigested(0, List.of(digests)));
    }

    private static void fetchAgain(SwarmHarness.Peer... peers) {
        for (var peer : peers) {
            peer.deliversAll();
        }
    }
}
