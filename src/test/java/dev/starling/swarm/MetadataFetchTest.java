package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoReader;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.WireMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetadataFetchTest {

    /// Four blocks of metadata.
    private static final InfoDictionary INFO = SwarmHarness.info(3_000);

    private final SwarmHarness swarm = SwarmHarness.magnet(INFO);
    private final byte[] truth = INFO.encoded();

    @Test
    void onePeerSendsTheWholeDictionary() {
        var peer = peer(truth.length);
        assertThat(asked(peer)).containsExactly(0, 1, 2, 3);

        answer(peer, truth);

        assertThat(swarm.swarm.info()).isPresent();
        assertThat(swarm.all(SwarmEffect.MetadataVerified.class)).hasSize(1);
    }

    @Test
    void severalPeersAreAskedAtOnceAndOneSilentPeerHoldsUpNothing() {
        peer(truth.length);
        var second = peer(truth.length);

        answer(second, truth);

        assertThat(swarm.swarm.info()).isPresent();
    }

    @Test
    void aLiarOnItsOwnIsBannedAtOnce() {
        var liar = peer(truth.length);

        answer(liar, falsified(2));

        assertThat(liar.isBanned()).isTrue();
        assertThat(liar.isGone()).isTrue();
    }

    @Test
    void oneLiarAmongSeveralCostsARetryAndIsBannedAndNobodyElseIs() {
        var honest = peer(truth.length);
        var liar = peer(truth.length);
        var other = peer(truth.length);
        liar.sendsMetadata(falsified(1), 1);
        honest.sendsMetadata(truth, 0);
        other.sendsMetadata(truth, 2);
        honest.sendsMetadata(truth, 3);
        assertThat(swarm.swarm.info()).isEmpty();

        var askedAgain = asked(honest);
        assertThat(askedAgain.subList(askedAgain.size() - 4, askedAgain.size()))
                .containsExactly(0, 1, 2, 3);
        answer(honest, truth);

        assertThat(swarm.swarm.info()).isPresent();
        assertThat(liar.isBanned()).isTrue();
        assertThat(swarm.all(SwarmEffect.Banned.class)).hasSize(1);
    }

    @Test
    void afterALieEachPeerIsBelievedForItselfAlone() {
        var liar = peer(truth.length);
        var honest = peer(truth.length);
        liar.sendsMetadata(falsified(0), 0);
        for (int block = 1; block < 4; block++) {
            honest.sendsMetadata(truth, block);
        }

        liar.sendsMetadata(falsified(0), 0);
        liar.sendsMetadata(truth, 1);
        answer(honest, truth);

        assertThat(swarm.swarm.info()).isPresent();
        assertThat(honest.isBanned()).isFalse();
        assertThat(liar.isBanned()).isTrue();
    }

    @Test
    void aPeerThatRejectsIsLeftAloneForAWhile() {
        var peer = peer(truth.length);

        peer.says(new WireMessage.MetadataReject(0));
        assertThat(asked(peer)).hasSize(4);
        swarm.pass(Duration.ofSeconds(7));

        assertThat(asked(peer)).hasSize(8);
    }

    @Test
    void sizesBeyondTheBoundAreNotAskedFor() {
        assertThat(asked(peer(InfoReader.MAX_INFO_BYTES + 1))).isEmpty();
        assertThat(asked(peer(0))).isEmpty();
        assertThat(asked(peer(-1))).isEmpty();
    }

    @Test
    void peersThatClaimDifferentSizesDoNotSpoilEachOther() {
        var liar = peer(truth.length + 5);
        var honest = peer(truth.length);

        liar.sendsMetadata(falsified(0), 0);
        answer(honest, truth);

        assertThat(swarm.swarm.info()).isPresent();
    }

    @Test
    void peersHearOfTheMetadataAndOfEveryPieceAfterwards() {
        var peer = peer(truth.length);
        peer.says(new WireMessage.HaveAll());
        answer(peer, truth);

        swarm.input(new SwarmInput.Opened(new PieceSet(INFO.pieceCount())));

        var told = peer.heard(WireMessage.ExtensionHandshake.class);
        assertThat(told.get(0).metadataSizeBytes()).isEmpty();
        assertThat(told.get(1).metadataSizeBytes()).hasValue(truth.length);
        assertThat(peer.heard(WireMessage.Interested.class)).hasSize(1);
    }

    @Test
    void aPeerThatUnchokesUsEarlyIsAskedAsSoonAsStorageIsOpen() {
        var peer = peer(truth.length);
        peer.says(new WireMessage.HaveAll());
        peer.says(new WireMessage.Unchoke());
        answer(peer, truth);

        swarm.input(new SwarmInput.Opened(new PieceSet(INFO.pieceCount())));

        assertThat(peer.requests()).isNotEmpty();
    }

    @Test
    void aDictionaryThatNobodyShouldLoadStopsTheSwarm() {
        byte[] junk =
                "d4:name3:foo12:piece lengthi0e6:pieces0:e".getBytes(StandardCharsets.US_ASCII);
        var odd =
                new SwarmHarness(
                        new Swarm(
                                Id.of(Sha1.of(junk)),
                                SwarmHarness.SETTINGS,
                                new SplittableRandom(1)));
        var peer = odd.outgoing();
        peer.introducesItself(OptionalInt.of(junk.length), false);

        peer.sendsMetadata(junk, 0);

        assertThat(odd.all(SwarmEffect.MetadataRefused.class)).hasSize(1);
        assertThat(peer.isGone()).isTrue();
        assertThat(peer.isBanned()).isFalse();
    }

    private SwarmHarness.Peer peer(int size) {
        var peer = swarm.outgoing();
        peer.introducesItself(OptionalInt.of(size), false);
        return peer;
    }

    private static List<Integer> asked(SwarmHarness.Peer peer) {
        return peer.heard(WireMessage.MetadataRequest.class).stream()
                .map(WireMessage.MetadataRequest::blockIndex)
                .toList();
    }

    private static void answer(SwarmHarness.Peer peer, byte[] metadata) {
        var blocks = new ArrayList<>(asked(peer));
        blocks.subList(Math.max(0, blocks.size() - 4), blocks.size())
                .forEach(block -> peer.sendsMetadata(metadata, block));
    }

    private byte[] falsified(int block) {
        byte[] bytes = truth.clone();
        bytes[block * MetadataAssembly.BLOCK_BYTES + 3_000] ^= 1;
        return bytes;
    }
}
