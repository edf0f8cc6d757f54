package dev.starling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Nodes of production by the hundred and the thousand, on virtual time.
class DhtSimTest {

    private static final int PEER_PORT = 51413;
    private static final Optional<DhtInput.Announce> ANNOUNCE =
            Optional.of(new DhtInput.Announce(PEER_PORT, false, false));

    @Test
    void aThousandNodesJoinAndFindWhatIsAnnounced() {
        var world = SimWorld.seeded(42).dhtNodes(1_000);
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();
        var seeker = world.anyNode();

        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());
        long search = seeker.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> seeker.lookupEnded(search).isPresent());

        var announced = announcer.announced(announce).orElseThrow();
        assertThat(announced.nodes()).isGreaterThanOrEqualTo(8);
        assertThat(announced.elapsedNanos()).isLessThan(Duration.ofSeconds(3).toNanos());
        assertThat(seeker.peersFound(search)).containsExactly(peerAt(announcer));
        assertThat(announcer.lookupEnded(announce).orElseThrow().closest())
                .containsExactlyElementsOf(world.closestLive(infoHash, 8));
        assertThat(world.nodes()).allMatch(node -> node.node().contacts().size() >= 20);
    }

    @Test
    void aThousandNodesSurviveLossSilenceAndChurnAtOnce() {
        var world = SimWorld.seeded(43).losing(0.1).dhtNodes(1_000).silent(1.0 / 3);
        world.churning(Duration.ofMinutes(30)).runFor(Duration.ofMinutes(2));
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();

        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());
        var seeker = world.addNode();
        long search = seeker.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> seeker.lookupEnded(search).isPresent());

        assertThat(announcer.announced(announce).orElseThrow().nodes()).isGreaterThanOrEqualTo(5);
        assertThat(seeker.peersFound(search)).containsExactly(peerAt(announcer));
    }

    @Test
    void lookupSurvivesASilentThirdOfTheNetwork() {
        var world = SimWorld.seeded(44).dhtNodes(300).silent(1.0 / 3);
        var target = Id.random(world.random());

        var found = world.lookup(target);

        assertThat(found.contacts()).hasSize(8).allMatch(world::isLive);
        assertThat(found.elapsed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void lookupsFindTheTrulyClosestNodes() {
        var world = SimWorld.seeded(45).dhtNodes(300);

        int missed = 0;
        for (int i = 0; i < 20; i++) {
            var target = Id.random(world.random());
            var closest = world.closestLive(target, 8);
            var found = world.lookup(target).contacts();
            missed += (int) closest.stream().filter(contact -> !found.contains(contact)).count();
        }

        assertThat(missed).isLessThanOrEqualTo(3); // of 160
    }

    @Test
    void peersOutliveTheNodesTheyWereAnnouncedTo() {
        var world = SimWorld.seeded(46).dhtNodes(200);
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();
        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());

        var holders = announcer.lookupEnded(announce).orElseThrow().closest();
        world.nodes().stream()
                .filter(node -> holders.subList(0, 6).contains(node.contact()))
                .forEach(world::remove);
        var seeker = world.anyNode();
        long search = seeker.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> seeker.lookupEnded(search).isPresent());

        assertThat(seeker.peersFound(search)).containsExactly(peerAt(announcer));
    }

    @Test
    void twoNodesMakeANetworkAtOnce() {
        var world = SimWorld.seeded(47).dhtNodes(2);
        var first = world.nodes().getFirst();
        var second = world.nodes().getLast();
        var infoHash = Id.random(world.random());

        assertThat(world.clock().nowNanos()).isLessThan(Duration.ofSeconds(2).toNanos());
        long announce = second.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> second.announced(announce).isPresent());
        long search = first.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> first.lookupEnded(search).isPresent());

        assertThat(second.announced(announce).orElseThrow().nodes()).isEqualTo(1);
        assertThat(first.peersFound(search)).containsExactly(peerAt(second));
    }

    @Test
    void aPrivateNetworkOnOneMachineJustWorks() {
        var quick = new SimLatency.Fixed(Duration.ofNanos(50_000));
        var world = SimWorld.seeded(56).at(SimPlace.ONE_MACHINE);
        world.conditions(SimConditions.perfect(quick)).dhtNodes(32);
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();

        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());
        var seeker = world.addNode();
        long beganNanos = world.clock().nowNanos();
        long search = seeker.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> !seeker.peersFound(search).isEmpty());

        assertThat(announcer.announced(announce).orElseThrow().nodes()).isGreaterThanOrEqualTo(8);
        assertThat(world.clock().nowNanos() - beganNanos)
                .isLessThan(Duration.ofMillis(5).toNanos());
    }

    @Test
    void aNetworkOfIpv6NodesWorksAlike() {
        var world = SimWorld.seeded(57).at(SimPlace.INTERNET_V6).dhtNodes(60);
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();
        var seeker = world.anyNode();

        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());
        long search = seeker.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> seeker.lookupEnded(search).isPresent());

        assertThat(announcer.announced(announce).orElseThrow().nodes()).isGreaterThanOrEqualTo(8);
        assertThat(seeker.peersFound(search)).containsExactly(peerAt(announcer));
    }

    @Test
    void aSearchBegunBeforeTheBootstrapIsFedByIt() {
        var world = SimWorld.seeded(48).dhtNodes(100);
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();
        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());

        long beganNanos = world.clock().nowNanos();
        var newcomer = world.addNode();
        long search = newcomer.findPeers(infoHash, Optional.empty());
        world.runUntil(() -> !newcomer.peersFound(search).isEmpty());

        var elapsed = Duration.ofNanos(world.clock().nowNanos() - beganNanos);
        assertThat(elapsed).isLessThan(Duration.ofSeconds(1));
        world.runUntil(() -> newcomer.lookupEnded(search).isPresent());
        assertThat(newcomer.lookupEnded(search).orElseThrow().outcome())
                .isEqualTo(Outcome.CONVERGED);
    }

    @Test
    void aNodeComesBackByItsSavedContactsAlone() {
        var world = SimWorld.seeded(49).dhtNodes(100);
        var node = world.anyNode();
        var saved = node.node().contacts().stream().map(state -> state.contact()).toList();
        world.remove(node);
        world.silent(0.5);

        var back = world.addNode(saved, List.of());
        world.runUntil(back::hasJoined);

        assertThat(back.node().contacts()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(back.told()).noneMatch(DhtEffect.BootstrapStalled.class::isInstance);
    }

    @Test
    void aNodeCutOffFindsBackAfterThePartitionHeals() {
        var world = SimWorld.seeded(50).dhtNodes(50);
        var island = world.anyNode();

        world.network().side(island.endpoint().address(), 1);
        world.runFor(Duration.ofHours(2));
        assertThat(island.node().closest(island.id(), 8)).isEmpty();

        world.network().side(island.endpoint().address(), 0);
        world.runFor(Duration.ofMinutes(2));
        assertThat(island.node().closest(island.id(), 8)).hasSize(8);
    }

    @Test
    void twoHalvesLongApartBecomeOneNetworkAgain() {
        var world = SimWorld.seeded(58).converged(40);
        for (int i = 0; i < world.size(); i += 2) {
            world.network().side(world.node(i).endpoint().address(), 1);
        }
        world.runFor(Duration.ofHours(2));

        world.network().heal();
        world.runFor(Duration.ofMinutes(30));

        int missed = 0;
        for (int i = 0; i < 20; i++) {
            var target = Id.random(world.random());
            var found = world.lookup(target).contacts();
            missed +=
                    (int)
                            world.closestLive(target, 8).stream()
                                    .filter(it -> !found.contains(it))
                                    .count();
        }
        assertThat(missed).isLessThanOrEqualTo(8); // of 160
    }

    @Test
    void aThirdOfLiarsDoesNotKeepALookupFromEnding() {
        var world = SimWorld.seeded(51).dhtNodes(200);
        for (int i = 0; i < 66; i++) {
            SimLiar.takeOver(world.anyNode(), world);
        }
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();

        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());

        var ended = announcer.lookupEnded(announce).orElseThrow();
        assertThat(ended.trace().queries()).isLessThan(250);
        assertThat(ended.closest()).isNotEmpty();
    }

    @Test
    void duplicatedAndReorderedPacketsChangeNothing() {
        var world = SimWorld.seeded(52);
        world.conditions(world.network().conditions().duplicating(0.3).reordering(0.3));
        world.dhtNodes(100);
        var infoHash = Id.random(world.random());
        var announcer = world.anyNode();

        long announce = announcer.findPeers(infoHash, ANNOUNCE);
        world.runUntil(() -> announcer.announced(announce).isPresent());
        world.runFor(Duration.ofMinutes(1));

        assertThat(announcer.announced(announce).orElseThrow().nodes()).isGreaterThanOrEqualTo(8);
        assertThat(announcer.told()).filteredOn(DhtEffect.LookupEnded.class::isInstance).hasSize(1);
    }

    @Test
    void tablesHoldNoNodeTwiceAndNeverTheirOwn() {
        var world = SimWorld.seeded(53).losing(0.1).dhtNodes(100);
        world.churning(Duration.ofMinutes(5));

        for (int minute = 0; minute < 20; minute++) {
            world.runFor(Duration.ofMinutes(1));
            for (var node : world.nodes()) {
                var contacts =
                        node.node().contacts().stream().map(state -> state.contact()).toList();
                assertThat(contacts).extracting(Contact::id).doesNotHaveDuplicates();
                assertThat(contacts)
                        .extracting(contact -> contact.endpoint().address())
                        .doesNotHaveDuplicates();
                assertThat(contacts).doesNotContain(node.contact());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(trace(54)).isEqualTo(trace(54));
        assertThat(trace(54)).isNotEqualTo(trace(55));
    }

    private static long trace(long seed) {
        var world = SimWorld.seeded(seed).losing(0.05).dhtNodes(50).silent(0.1);
        world.churning(Duration.ofMinutes(5)).runFor(Duration.ofMinutes(3));
        world.lookup(Id.random(world.random()));
        return world.network().trace().hash();
    }

    private static Endpoint peerAt(SimDhtNode node) {
        return new Endpoint(node.endpoint().address(), PEER_PORT);
    }
}
