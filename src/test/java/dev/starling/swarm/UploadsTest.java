package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.BlockRange;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class UploadsTest {

    private static final BlockRange BLOCK = new BlockRange(1, 0, BlockRange.BLOCK_BYTES);
    private static final Handshake.Features PLAIN = new Handshake.Features(false, false, false);

    @Test
    void aLoneLeecherIsUnchokedAtOnce() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(4));
        var peer = swarm.incoming();

        peer.says(new WireMessage.Interested());

        assertThat(peer.heard(WireMessage.Unchoke.class)).hasSize(1);
    }

    @Test
    void aRequestIsUploadedWhenThePeerIsUnchoked() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(4));
        var peer = swarm.incoming();
        peer.says(new WireMessage.Interested());

        peer.says(new WireMessage.Request(BLOCK));

        assertThat(swarm.all(SwarmEffect.Upload.class))
                .containsExactly(new SwarmEffect.Upload(peer.connection, BLOCK));
    }

    @Test
    void aRequestOfAChokedPeerIsRejected() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(4));
        var fast = swarm.incoming();
        var plain = swarm.connect(false, PLAIN);

        fast.says(new WireMessage.Request(BLOCK));
        plain.says(new WireMessage.Request(BLOCK));

        assertThat(fast.heard(WireMessage.RejectRequest.class)).hasSize(1);
        assertThat(plain.heard(WireMessage.RejectRequest.class)).isEmpty();
        assertThat(swarm.all(SwarmEffect.Upload.class)).isEmpty();
    }

    @Test
    void noMoreBlocksAreOnTheirWayThanAllowed() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(100));
        var peer = swarm.incoming();
        peer.says(new WireMessage.Interested());

        for (int i = 0; i < Uploads.MAX_QUEUED; i++) {
            peer.says(new WireMessage.Request(new BlockRange(i % 100, 0, 16_384)));
        }
        assertThat(swarm.all(SwarmEffect.Upload.class)).hasSize(Swarm.MAX_UPLOADS_IN_FLIGHT);
        swarm.input(new SwarmInput.Uploaded(peer.connection, new BlockRange(0, 0, 16_384)));

        assertThat(swarm.all(SwarmEffect.Upload.class)).hasSize(Swarm.MAX_UPLOADS_IN_FLIGHT + 1);
        assertThat(swarm.swarm.status(swarm.nowNanos).sentBytes()).isEqualTo(16_384);
    }

    @Test
    void theQueueIsBoundedAndTheRestRefused() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(100));
        var peer = swarm.incoming();
        peer.says(new WireMessage.Interested());
        int room = Uploads.MAX_QUEUED + Swarm.MAX_UPLOADS_IN_FLIGHT;

        for (int i = 0; i < room + Uploads.MAX_REFUSED; i++) {
            peer.says(new WireMessage.Request(BLOCK));
        }
        assertThat(peer.heard(WireMessage.RejectRequest.class)).hasSize(Uploads.MAX_REFUSED);
        assertThat(peer.isGone()).isFalse();
        peer.says(new WireMessage.Request(BLOCK));

        assertThat(peer.isGone()).isTrue();
    }

    @Test
    void aCancelledRequestIsNotUploaded() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(100));
        var peer = swarm.incoming();
        peer.says(new WireMessage.Interested());
        for (int i = 0; i <= Swarm.MAX_UPLOADS_IN_FLIGHT; i++) {
            peer.says(new WireMessage.Request(new BlockRange(i, 0, 16_384)));
        }
        var last = new BlockRange(Swarm.MAX_UPLOADS_IN_FLIGHT, 0, 16_384);

        peer.says(new WireMessage.Cancel(last));
        swarm.input(new SwarmInput.Uploaded(peer.connection, new BlockRange(0, 0, 16_384)));

        assertThat(swarm.all(SwarmEffect.Upload.class)).noneMatch(up -> up.range().equals(last));
        assertThat(peer.heard(WireMessage.RejectRequest.class))
                .containsExactly(new WireMessage.RejectRequest(last));
    }

    @Test
    void bytesOutsideTheTorrentEndTheConnection() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(4));
        var peer = swarm.incoming();
        peer.says(new WireMessage.Interested());

        peer.says(new WireMessage.Request(new BlockRange(3, 65_536 - 100, 101)));

        assertThat(peer.isGone()).isTrue();
    }

    @Test
    void whoFindsNoSlotFreeIsAllowedAFewPiecesFast() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(100));
        for (int i = 0; i < SwarmHarness.SETTINGS.uploadSlots(); i++) {
            swarm.incoming().says(new WireMessage.Interested());
        }
        var late = swarm.incoming();

        late.says(new WireMessage.Interested());
        var allowed = late.heard(WireMessage.AllowedFast.class);
        assertThat(late.heard(WireMessage.Unchoke.class)).isEmpty();
        assertThat(allowed).hasSize(10);
        late.says(new WireMessage.Request(new BlockRange(allowed.get(0).pieceIndex(), 0, 16_384)));

        assertThat(swarm.all(SwarmEffect.Upload.class)).hasSize(1);
    }

    @Test
    void aSlotThatComesFreeIsGivenAwayAtOnce() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(100));
        var served = new ArrayList<SwarmHarness.Peer>();
        for (int i = 0; i < SwarmHarness.SETTINGS.uploadSlots(); i++) {
            served.add(swarm.incoming());
            served.get(i).says(new WireMessage.Interested());
        }
        var waiting = swarm.incoming();
        waiting.says(new WireMessage.Interested());

        served.get(2).closes();

        assertThat(waiting.heard(WireMessage.Unchoke.class)).hasSize(1);
    }

    @Test
    void aNewcomerWithNothingIsUnchokedOptimistically() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1_000));
        swarm.input(new SwarmInput.PieceVerified(0));
        var traders = new ArrayList<SwarmHarness.Peer>();
        for (int i = 0; i < SwarmHarness.SETTINGS.uploadSlots() + 2; i++) {
            var trader = swarm.outgoing();
            trader.seeds();
            trader.says(new WireMessage.Interested());
            traders.add(trader);
        }
        var newcomer = swarm.incoming();
        newcomer.says(new WireMessage.Interested());
        assertThat(newcomer.heard(WireMessage.Unchoke.class)).isEmpty();

        for (int second = 0; second < 35; second++) {
            traders.forEach(trader -> trader.delivers(trader.requests().get(0)));
            swarm.pass(Duration.ofSeconds(1));
        }

        assertThat(newcomer.heard(WireMessage.Unchoke.class)).hasSize(1);
    }

    @Test
    void whoGivesMostIsUnchokedBeforeWhoGivesNothing() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1_000));
        swarm.input(new SwarmInput.PieceVerified(0));
        var takers = new ArrayList<SwarmHarness.Peer>();
        for (int i = 0; i < 6; i++) {
            takers.add(swarm.incoming());
            takers.get(i).says(new WireMessage.Interested());
        }
        var giver = swarm.outgoing().seeds();
        giver.says(new WireMessage.Interested());
        assertThat(giver.heard(WireMessage.Unchoke.class)).isEmpty();

        giver.delivers(giver.requests().get(0));
        swarm.pass(Duration.ofSeconds(12));

        assertThat(giver.heard(WireMessage.Unchoke.class)).hasSize(1);
        long unchoked =
                swarm.swarm.peers(swarm.nowNanos).stream().filter(p -> !p.isChoked()).count();
        assertThat(unchoked).isEqualTo(SwarmHarness.SETTINGS.uploadSlots());
    }

    @Test
    void aSeedsSlotsGoRound() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(1_000));
        var peers = new ArrayList<SwarmHarness.Peer>();
        for (int i = 0; i < 8; i++) {
            peers.add(swarm.incoming());
            peers.get(i).says(new WireMessage.Interested());
        }

        for (int second = 0; second < 300; second++) {
            for (var peer : peers) {
                for (int i = 0; i < 4; i++) {
                    int before = swarm.all(SwarmEffect.Upload.class).size();
                    peer.says(new WireMessage.Request(BLOCK));
                    if (swarm.all(SwarmEffect.Upload.class).size() > before) {
                        swarm.input(new SwarmInput.Uploaded(peer.connection, BLOCK));
                    }
                }
            }
            swarm.effects.removeIf(effect -> effect instanceof SwarmEffect.Upload);
            swarm.pass(Duration.ofSeconds(1));
            peers.forEach(peer -> peer.says(new WireMessage.KeepAlive()));
        }

        assertThat(peers).allMatch(peer -> !peer.heard(WireMessage.Unchoke.class).isEmpty());
    }

    @Test
    void metadataIsServedAndRejectedWhereThereIsNone() {
        var info = SwarmHarness.info(4);
        var swarm = SwarmHarness.seeding(info);
        var peer = swarm.incoming();

        peer.says(new WireMessage.MetadataRequest(0));
        peer.says(new WireMessage.MetadataRequest(1));

        var data = peer.heard(WireMessage.MetadataData.class);
        assertThat(data).hasSize(1);
        assertThat(data.get(0).data().toBytes()).isEqualTo(info.encoded());
        assertThat(peer.heard(WireMessage.MetadataReject.class))
                .containsExactly(new WireMessage.MetadataReject(1));
    }
}
