package dev.starling.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtStats;
import dev.starling.dht.Method;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DhtServiceTest {

    private final Random random = new Random(7);

    @Test
    void nodesAnswerEachOthersPings() throws Exception {
        try (var dht = PrivateDht.of("127.0.31", 2)) {
            var asked = dht.node(1).addresses().getFirst();

            var pong = dht.node(0).ping(asked).get(PrivateDht.PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(pong).isPresent();
            assertThat(pong.get().contact().id()).isEqualTo(dht.node(1).id());
            assertThat(pong.get().roundTrip()).isPositive();
        }
    }

    @Test
    void pingOfNobodyIsUnanswered() throws Exception {
        try (var dht = PrivateDht.of("127.0.32", 1)) {
            var nobody = Endpoint.parse("127.0.32.200:9").orElseThrow();

            var pong = dht.node(0).ping(nobody).get(PrivateDht.PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(pong).isEmpty();
        }
    }

    /// Of eight nodes on a quiet machine: a node slower than the others has its place taken by the
    /// next, and is announced to all the same when its answer comes. PeerSearchTest holds the
    /// number.
    @Test
    void announcedPeerIsFoundByOthers() throws Exception {
        var infoHash = Id.random(random);
        try (var dht = PrivateDht.of("127.0.33", 32)) {
            var seed = new LinkedBlockingQueue<DhtEffect>();
            var announce = Optional.of(new DhtInput.Announce(4711, false, true));

            var _ = dht.node(5).findPeers(infoHash, announce, seed::add);
            int nodes = PrivateDht.await(seed, DhtEffect.Announced.class).nodes();
            var leech = new LinkedBlockingQueue<DhtEffect>();
            var _ = dht.node(20).findPeers(infoHash, Optional.empty(), leech::add);

            assertThat(nodes).isPositive();
            assertThat(PrivateDht.await(leech, DhtEffect.PeersFound.class).peers())
                    .containsExactly(Endpoint.parse("127.0.33.6:4711").orElseThrow());
            assertThat(PrivateDht.await(leech, DhtEffect.LookupEnded.class).peers()).isEqualTo(1);
        }
    }

    @Test
    void searchBegunBeforeTheNodeHasJoinedFindsPeersAllTheSame() throws Exception {
        var infoHash = Id.random(random);
        try (var dht = PrivateDht.of("127.0.34", 8)) {
            var seed = new LinkedBlockingQueue<DhtEffect>();
            var announce = Optional.of(new DhtInput.Announce(4711, false, true));
            var _ = dht.node(3).findPeers(infoHash, announce, seed::add);
            PrivateDht.await(seed, DhtEffect.Announced.class);

            var leech = new LinkedBlockingQueue<DhtEffect>();
            var newcomer = dht.join(_ -> {});
            var _ = newcomer.findPeers(infoHash, Optional.empty(), leech::add);

            assertThat(PrivateDht.await(leech, DhtEffect.PeersFound.class).peers()).hasSize(1);
        }
    }

    @Test
    void restartedNodeJoinsFromWhatItRemembersAndKeepsItsId() throws Exception {
        var stores = new RememberingStores();
        try (var dht = PrivateDht.of("127.0.35", 4)) {
            var told = new LinkedBlockingQueue<DhtEffect>();
            var first = dht.join(told::add, stores, dht.bootstrap());
            PrivateDht.await(told, DhtEffect.Bootstrapped.class);
            var id = first.id();
            first.close();

            var again = new LinkedBlockingQueue<DhtEffect>();
            var second = dht.join(again::add, stores, List.of());

            PrivateDht.await(again, DhtEffect.Bootstrapped.class);
            assertThat(second.id()).isEqualTo(id);
            PrivateDht.awaitContacts(second, 3);
        }
    }

    @Test
    void bootstrapNodeMayBeGivenByName() throws Exception {
        try (var first = start("127.0.0.1", List.of(), _ -> {})) {
            int port = first.addresses().getFirst().port();
            var told = new LinkedBlockingQueue<DhtEffect>();

            try (var second = start("127.0.0.1", List.of("localhost:" + port), told::add)) {
                PrivateDht.await(told, DhtEffect.Bootstrapped.class);

                assertThat(second.health().hasJoined()).isTrue();
                assertThat(second.health().unresolved()).isEmpty();
            }
        }
    }

    @Test
    void unknownNameOfABootstrapNodeIsReported() throws Exception {
        var told = new LinkedBlockingQueue<DhtEffect>();

        try (var node = start("127.0.0.1", List.of("nowhere.invalid:6881"), told::add)) {
            var stalled = PrivateDht.await(told, DhtEffect.BootstrapStalled.class);

            assertThat(stalled.asked()).isZero();
            assertThat(node.health().isStalled()).isTrue();
            assertThat(node.health().unresolved()).containsExactly("nowhere.invalid:6881");
        }
    }

    @Test
    void silentBootstrapNodeIsReported() throws Exception {
        var told = new LinkedBlockingQueue<DhtEffect>();

        try (var node = start("127.0.0.1", List.of("127.0.0.1:9"), told::add)) {
            var stalled = PrivateDht.await(told, DhtEffect.BootstrapStalled.class);

            assertThat(stalled.asked()).isEqualTo(1);
            assertThat(node.health().hasJoined()).isFalse();
        }
    }

    @Test
    void everyListenAddressAnswersFromItself() throws Exception {
        var options =
                new DhtService.Options(List.of("127.0.36.1", "127.0.36.2"), 0, List.of(), false);
        try (var node = DhtService.start(options, new RememberingStores(), _ -> {});
                var asker = start("127.0.36.3", List.of(), _ -> {})) {
            for (var address : node.addresses()) {
                var pong = asker.ping(address).get(PrivateDht.PATIENCE_SECONDS, TimeUnit.SECONDS);

                assertThat(pong).isPresent();
                assertThat(pong.get().contact().endpoint()).isEqualTo(address);
            }
        }
    }

    @Test
    void eachListenAddressIsANodeOfItsOwnAndAllShareTheirStores() throws Exception {
        var listen = List.of("127.0.37.1", "127.0.37.2", "127.0.37.3");
        var options = new DhtService.Options(listen, 0, List.of(), false);
        var infoHash = Id.random(random);
        try (var nodes = DhtService.start(options, new RememberingStores(), _ -> {});
                var asker = start("127.0.37.9", List.of(), _ -> {})) {
            var ids = new HashSet<Id>();
            for (var address : nodes.addresses()) {
                var pong = asker.ping(address).get(PrivateDht.PATIENCE_SECONDS, TimeUnit.SECONDS);
                ids.add(pong.orElseThrow().contact().id());
            }
            var told = new LinkedBlockingQueue<DhtEffect>();
            var announce = Optional.of(new DhtInput.Announce(4711, false, false));
            var _ = asker.findPeers(infoHash, announce, told::add);
            PrivateDht.await(told, DhtEffect.Announced.class);
            for (var address : nodes.addresses()) {
                var answer =
                        asker.sample(address, infoHash)
                                .get(PrivateDht.PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(answer.samples().orElseThrow().infoHashes()).containsExactly(infoHash);
            }

            var sampled = new DhtStats.Count(Method.SAMPLE_INFOHASHES, 3, 3);
            PrivateDht.awaitTrue(
                    () ->
                            nodes.stats()
                                    .filter(stats -> stats.served().methods().contains(sampled))
                                    .isPresent(),
                    "the counts of all nodes have " + sampled);
            assertThat(ids).hasSize(3);
            assertThat(ids.stream().map(id -> id.high() >>> 62).distinct()).hasSize(3);
        }
    }

    @Test
    void addressesOfBothFamiliesAreOneNode() {
        var v4 = Endpoint.parse("127.0.0.1:1").orElseThrow();
        var v4Too = Endpoint.parse("127.0.0.2:1").orElseThrow();
        var v6 = Endpoint.parse("[::1]:1").orElseThrow();

        assertThat(DhtMember.nodesOf(List.of(v6, v4, v4Too)))
                .containsExactly(List.of(v4, v6), List.of(v4Too));
    }

    @Test
    void addressThatIsNotOursIsNamed() {
        assertThatThrownBy(() -> start("192.0.2.1", List.of(), _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("this machine has no such address");
    }

    @Test
    void listenAddressMustBeLiteral() {
        assertThatThrownBy(() -> start("localhost", List.of(), _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 'localhost'");
    }

    private static DhtService start(String listen, List<String> bootstrap, DhtListener listener)
            throws IOException {
        var options = new DhtService.Options(List.of(listen), 0, bootstrap, false);
        return DhtService.start(options, new RememberingStores(), listener);
    }
}
