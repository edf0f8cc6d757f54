package dev.starling.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.metainfo.PieceSet;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SwarmTest {

    private static final Handshake.Features PLAIN = new Handshake.Features(false, false, false);

    @Test
    void theGreetingTellsWhatWeHave() {
        var info = SwarmHarness.info(10);
        var some = new PieceSet(10);
        some.add(3);

        assertThat(SwarmHarness.leeching(info).incoming().heard())
                .hasSize(2)
                .contains(new WireMessage.HaveNone());
        assertThat(SwarmHarness.seeding(info).incoming().heard())
                .hasSize(2)
                .contains(new WireMessage.HaveAll());
        assertThat(SwarmHarness.opened(info, some).connect(false, PLAIN).heard())
                .containsExactly(new WireMessage.Bitfield(ByteString.of(some.toBitfield())));
        assertThat(SwarmHarness.leeching(info).connect(false, PLAIN).heard()).isEmpty();
    }

    @Test
    void foundPeersAreCalledAtOnceUpToTheHalfOpenLimit() {
        var info = SwarmHarness.info(10);
        var settings = new Swarm.Settings(SwarmHarness.OUR_ID, 0, 500, 4);
        var swarm = new SwarmHarness(new Swarm(info, settings, new SplittableRandom(1)));

        swarm.input(new SwarmInput.PeersFound(endpoints(100), SwarmInput.Source.DHT));

        assertThat(swarm.all(SwarmEffect.Connect.class)).hasSize(PeerBook.MAX_HALF_OPEN);
        swarm.input(new SwarmInput.ConnectFailed(SwarmHarness.endpoint(0), "refused"));
        assertThat(swarm.all(SwarmEffect.Connect.class)).hasSize(PeerBook.MAX_HALF_OPEN + 1);
    }

    @Test
    void anAddressThatFailsRestsTwiceAsLongEachTime() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var endpoint = SwarmHarness.endpoint(1);
        swarm.input(new SwarmInput.PeersFound(List.of(endpoint), SwarmInput.Source.DHT));
        var pauses = new ArrayList<Long>();

        for (int round = 0; round < 4; round++) {
            swarm.input(new SwarmInput.ConnectFailed(endpoint, "refused"));
            int calls = swarm.all(SwarmEffect.Connect.class).size();
            long seconds = 0;
            while (swarm.all(SwarmEffect.Connect.class).size() == calls) {
                swarm.pass(Duration.ofSeconds(1));
                seconds++;
            }
            pauses.add(seconds);
        }

        for (int round = 0; round < 4; round++) {
            assertThat(pauses.get(round)).isBetween(2L << round, (2L << round) + 2);
        }
    }

    @Test
    void morePeersAreAskedForAtOnceAndThenEverMoreSeldom() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));

        swarm.pass(Duration.ofSeconds(1));
        assertThat(swarm.all(SwarmEffect.NeedPeers.class)).hasSize(1);
        swarm.pass(Duration.ofSeconds(59));
        assertThat(swarm.all(SwarmEffect.NeedPeers.class)).hasSize(4); // at 0, 5, 15, 35 s
        swarm.pass(Duration.ofMinutes(10));

        assertThat(swarm.all(SwarmEffect.NeedPeers.class)).hasSizeBetween(13, 15);
    }

    @Test
    void aSeedAsksForNobody() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(10));

        swarm.pass(Duration.ofMinutes(10));

        assertThat(swarm.all(SwarmEffect.NeedPeers.class)).isEmpty();
        assertThat(swarm.swarm.nextDeadlineNanos()).isEqualTo(Swarm.NO_DEADLINE);
    }

    @Test
    void whoSpeaksWithOurPeerIdIsOurselves() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var own = SwarmHarness.endpoint(9);

        var mirror = swarm.connect(own, true, handshake(swarm, SwarmHarness.OUR_ID));
        swarm.input(new SwarmInput.PeersFound(List.of(own), SwarmInput.Source.DHT));

        assertThat(mirror.isGone()).isTrue();
        assertThat(swarm.all(SwarmEffect.Connect.class)).isEmpty();
    }

    @Test
    void ofTwoConnectionsTheOneTheLowerPeerIdCalledForIsKept() {
        var lower = new Id(1, 0, 0);
        var higher = new Id(9, 0, 0);

        for (var id : List.of(lower, higher)) {
            var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
            var outgoing = swarm.connect(SwarmHarness.endpoint(3), true, handshake(swarm, id));
            var from = new Endpoint(SwarmHarness.endpoint(3).address(), 50_000);
            var incoming = swarm.connect(from, false, handshake(swarm, id));

            assertThat(outgoing.isGone()).isEqualTo(id.equals(lower));
            assertThat(incoming.isGone()).isEqualTo(id.equals(higher));
        }
    }

    @Test
    void aSilentConnectionIsGivenUpAndAQuietOneKeptAlive() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var silent = swarm.outgoing();
        var quiet = swarm.outgoing();

        for (int i = 0; i < 4; i++) {
            swarm.pass(Duration.ofSeconds(50));
            quiet.says(new WireMessage.KeepAlive());
        }

        assertThat(silent.isGone()).isTrue();
        assertThat(quiet.isGone()).isFalse();
        assertThat(quiet.heard(WireMessage.KeepAlive.class)).isNotEmpty();
    }

    @Test
    void seedsPartWhenTheDownloadIsComplete() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(1));
        var seed = swarm.outgoing().seeds();
        var leecher = swarm.incoming();
        leecher.introducesItself(OptionalInt.empty(), false);
        seed.deliversAll();

        swarm.input(new SwarmInput.PieceVerified(0));

        assertThat(seed.isGone()).isTrue();
        assertThat(leecher.isGone()).isFalse();
        assertThat(leecher.heard(WireMessage.ExtensionHandshake.class).getLast().isUploadOnly())
                .isTrue();
        assertThat(swarm.incoming().seeds().isGone()).isTrue();
    }

    @Test
    void peersOfBeforeTheOpeningHearOfEveryPiece() {
        var info = SwarmHarness.info(10);
        var swarm =
                new SwarmHarness(new Swarm(info, SwarmHarness.SETTINGS, new SplittableRandom(1)));
        var peer = swarm.incoming();
        peer.says(new WireMessage.Have(7));
        var have = PieceSet.full(10);
        have.remove(7);

        swarm.input(new SwarmInput.Opened(have));

        assertThat(peer.heard()).contains(new WireMessage.HaveNone());
        assertThat(peer.heard(WireMessage.Have.class)).hasSize(9);
        assertThat(peer.heard(WireMessage.Interested.class)).hasSize(1);
    }

    @Test
    void aBitfieldThatDoesNotFitEndsTheConnection() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var spareBit = swarm.outgoing();
        var tooLong = swarm.outgoing();
        var late = swarm.outgoing();

        spareBit.says(new WireMessage.Bitfield(ByteString.of(new byte[] {0, 1})));
        tooLong.says(new WireMessage.Bitfield(ByteString.of(new byte[3])));
        late.says(new WireMessage.HaveAll());
        late.says(new WireMessage.HaveNone());

        assertThat(List.of(spareBit, tooLong, late)).allMatch(SwarmHarness.Peer::isGone);
    }

    @Test
    void aBitfieldMayBeSentAnewInsteadOfManyHaves() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var peer = swarm.outgoing();
        var some = new PieceSet(10);

        peer.says(new WireMessage.HaveNone());
        some.add(3);
        peer.says(new WireMessage.Bitfield(ByteString.of(some.toBitfield())));
        some.add(4);
        peer.says(new WireMessage.Bitfield(ByteString.of(some.toBitfield())));

        assertThat(peer.isGone()).isFalse();
        assertThat(swarm.swarm.peers(0).getFirst().progress()).isEqualTo(0.2);
    }

    @Test
    void fastMessagesWithoutTheFastExtensionEndTheConnection() {
        for (var message :
                List.of(
                        new WireMessage.HaveAll(),
                        new WireMessage.HaveNone(),
                        new WireMessage.SuggestPiece(0),
                        new WireMessage.AllowedFast(0))) {
            var peer = SwarmHarness.leeching(SwarmHarness.info(10)).connect(true, PLAIN);
            peer.says(message);
            assertThat(peer.isGone()).as(message.toString()).isTrue();
        }
    }

    @Test
    void peersHearOfEachOtherOnceAMinuteInPartsOfFifty() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var listener = swarm.outgoing();
        listener.introducesItself(OptionalInt.empty(), false);
        var other = swarm.outgoing();
        swarm.incoming(); // where it listens is not known

        swarm.pass(Duration.ofSeconds(10));
        var told = listener.heard(WireMessage.PeerExchange.class);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).added()).containsExactly(other.endpoint);
        other.closes();
        swarm.pass(Duration.ofSeconds(30));
        assertThat(listener.heard(WireMessage.PeerExchange.class)).hasSize(1);
        swarm.pass(Duration.ofSeconds(40));

        var later = listener.heard(WireMessage.PeerExchange.class);
        assertThat(later).hasSize(2);
        assertThat(later.get(1).dropped()).containsExactly(other.endpoint);
    }

    @Test
    void exchangedPeersAreCalledButNotTooManyOfOneHost() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var peer = swarm.outgoing();
        var victim = SwarmHarness.endpoint(200).address();
        var added = new ArrayList<Endpoint>();
        for (int port = 1; port <= 20; port++) {
            added.add(new Endpoint(victim, port));
        }
        added.add(SwarmHarness.endpoint(100));
        added.add(Endpoint.parse("127.0.0.1:80").orElseThrow());

        peer.says(new WireMessage.PeerExchange(added, List.of(), Set.of()));
        peer.says(new WireMessage.PeerExchange(endpoints(20), List.of(), Set.of()));

        assertThat(swarm.all(SwarmEffect.Connect.class)).hasSize(2);
    }

    @Test
    void aSeedDoesNotCallWhomItIsToldAreSeeds() {
        var swarm = SwarmHarness.seeding(SwarmHarness.info(10));
        var peer = swarm.outgoing();
        var seed = SwarmHarness.endpoint(100);
        var leecher = SwarmHarness.endpoint(101);

        peer.says(new WireMessage.PeerExchange(List.of(seed, leecher), List.of(), Set.of(seed)));

        assertThat(swarm.all(SwarmEffect.Connect.class))
                .containsExactly(new SwarmEffect.Connect(leecher));
    }

    @Test
    void afterTheEndNothingIsSaid() {
        var swarm = SwarmHarness.leeching(SwarmHarness.info(10));
        var peer = swarm.outgoing().seeds();

        swarm.input(new SwarmInput.Stop());
        assertThat(peer.isGone()).isTrue();
        swarm.forget();
        peer.says(new WireMessage.Interested());
        swarm.input(new SwarmInput.PeersFound(endpoints(5), SwarmInput.Source.DHT));
        swarm.input(new SwarmInput.PieceVerified(0));
        swarm.pass(Duration.ofHours(1));

        assertThat(swarm.effects).isEmpty();
        assertThat(swarm.swarm.nextDeadlineNanos()).isEqualTo(Swarm.NO_DEADLINE);
    }

    private static Handshake handshake(SwarmHarness swarm, Id peerId) {
        return new Handshake(swarm.swarm.infoHash(), peerId, Handshake.Features.OURS);
    }

    private static List<Endpoint> endpoints(int count) {
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 0; i < count; i++) {
            endpoints.add(SwarmHarness.endpoint(i));
        }
        return endpoints;
    }
}
