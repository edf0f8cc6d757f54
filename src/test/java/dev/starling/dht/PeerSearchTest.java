package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcQuery;
import dev.starling.lookup.LookupEffect.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerSearchTest {

    private static final Id INFO_HASH = DhtProbe.id("mnopqrstuvwxyz123456");
    private static final Endpoint PEER = DhtProbe.endpoint("9.8.7.6:5");
    private static final DhtInput.Announce AS_SEED = new DhtInput.Announce(51413, true, true);

    private final DhtProbe node = DhtProbe.v4Only(DhtProbe.id("abcdefghij0123456789"));
    private final List<Contact> network = new ArrayList<>();

    @Test
    void peersAreHandedOutAsTheyAreNamedAndEachOnce() {
        join(3);
        var other = DhtProbe.endpoint("9.8.7.7:5");

        find(1, Optional.empty());
        reply(network.get(0), List.of(PEER), "");
        reply(network.get(1), List.of(PEER, other), "");
        reply(network.get(2), List.of(PEER), "");

        assertThat(node.events.subList(0, 2))
                .containsExactly(
                        new DhtEffect.PeersFound(1, network.get(0), List.of(PEER)),
                        new DhtEffect.PeersFound(1, network.get(1), List.of(other)));
        var ended = (DhtEffect.LookupEnded) node.events.getLast();
        assertThat(ended.outcome()).isEqualTo(Outcome.CONVERGED);
        assertThat(ended.peers()).isEqualTo(2);
        assertThat(ended.closest()).containsExactlyInAnyOrderElementsOf(network);
    }

    @Test
    void theAnnounceGoesToTheClosestEachWithItsOwnToken() {
        join(12);

        find(1, Optional.of(AS_SEED));
        for (var contact : network) {
            reply(contact, List.of(), "token of " + contact.id());
        }

        var ended = ended(1);
        assertThat(ended.closest()).hasSize(8);
        for (var contact : ended.closest()) {
            var announce = (KrpcQuery.AnnouncePeer) node.lastQuery(contact.endpoint());
            assertThat(announce.token()).isEqualTo(ByteString.utf8("token of " + contact.id()));
            assertThat(announce.infoHash()).isEqualTo(INFO_HASH);
            assertThat(announce.port()).isEqualTo(51413);
            assertThat(announce.impliedPort()).isTrue();
            assertThat(announce.seed()).isTrue();
            node.answer(contact.endpoint(), announce, contact.id(), List.of());
        }
        assertThat(announces()).hasSize(8);
        node.advance(Duration.ZERO);
        assertThat(node.events.getLast()).isEqualTo(new DhtEffect.Announced(1, 8, 0));
    }

    @Test
    void whoGivesNoTokenIsNotAnnouncedTo() {
        join(3);

        find(1, Optional.of(AS_SEED));
        reply(network.get(0), List.of(), "");
        reply(network.get(1), List.of(), "t");
        reply(network.get(2), List.of(), "");

        assertThat(announces()).hasSize(1);
    }

    @Test
    void aLostAnnounceIsSentAgainAndOnlyAcknowledgementsCount() {
        join(3);
        find(1, Optional.of(AS_SEED));
        for (var contact : network) {
            reply(contact, List.of(), "t");
        }

        acknowledge(network.get(0));
        refuse(network.get(1));
        node.advance(Duration.ofSeconds(2));
        acknowledge(network.get(2));
        node.advance(Duration.ZERO);

        assertThat(announces()).hasSize(5);
        var announced = (DhtEffect.Announced) node.events.getLast();
        assertThat(announced.nodes()).isEqualTo(2);
    }

    @Test
    void nobodyAcknowledgingIsToldToo() {
        join(3);
        find(1, Optional.of(AS_SEED));
        for (var contact : network) {
            reply(contact, List.of(), "t");
        }

        node.advance(Duration.ofSeconds(10));

        assertThat(((DhtEffect.Announced) node.events.getLast()).nodes()).isZero();
    }

    @Test
    void aSearchIsOverOnceAndLateAnswersChangeNothing() {
        join(3);
        find(1, Optional.empty());
        reply(network.get(0), List.of(PEER), "");
        reply(network.get(1), List.of(), "");
        var late = node.lastQuery(network.get(2).endpoint());
        node.advance(Duration.ofSeconds(4));
        int events = node.events.size();
        assertThat(node.events.getLast()).isInstanceOf(DhtEffect.LookupEnded.class);

        var values = List.of(DhtProbe.endpoint("1.1.1.1:1"));
        var reply = new DhtProbe.Reply(network.get(2).id(), List.of(), values, "", none());
        node.answer(network.get(2).endpoint(), late, reply);

        assertThat(node.events).hasSize(events);
    }

    @Test
    void aSearchBegunWithNoContactWaitsForTheBootstrap() {
        find(1, Optional.empty());
        node.advance(Duration.ofSeconds(30));
        assertThat(node.events).isEmpty();

        var first = contact(1);
        node.handle(new DhtInput.Bootstrap(List.of(first), List.of()));

        var getPeers = node.queriesTo(first.endpoint()).getFirst();
        var findNode = node.queriesTo(first.endpoint()).getLast();
        assertThat(getPeers).isInstanceOf(KrpcQuery.GetPeers.class);
        assertThat(findNode).isInstanceOf(KrpcQuery.FindNode.class);
        node.answer(first.endpoint(), findNode, first.id(), List.of());
        var values = new DhtProbe.Reply(first.id(), List.of(), List.of(PEER), "", none());
        node.answer(first.endpoint(), getPeers, values);
        assertThat(ended(1).peers()).isEqualTo(1);
    }

    @Test
    void savedContactsAreAskedForPeersAtOnce() {
        var saved = contact(1);
        node.handle(new DhtInput.Bootstrap(List.of(saved), List.of()));

        find(1, Optional.empty());

        assertThat(node.lastQuery(saved.endpoint())).isInstanceOf(KrpcQuery.GetPeers.class);
    }

    @Test
    void peersAnnouncedToUsAreFoundToo() {
        join(1);
        node.peers.announce(INFO_HASH, PEER, false, node.nowMillis());

        find(1, Optional.empty());

        var found = (DhtEffect.PeersFound) node.events.getFirst();
        assertThat(found.from().id()).isEqualTo(node.node.id());
        assertThat(found.peers()).containsExactly(PEER);
    }

    @Test
    void peersThatCannotBeRealAreNotHandedOut() {
        join(1);

        find(1, Optional.empty());
        var nonsense = new ArrayList<Endpoint>();
        for (String text : List.of("127.0.0.1:1", "192.168.0.1:1", "9.8.7.6:0", "239.1.1.1:1")) {
            nonsense.add(DhtProbe.endpoint(text));
        }
        reply(network.getFirst(), nonsense, "");

        assertThat(ended(1).peers()).isZero();
    }

    @Test
    void nothingIsHeardOfACancelledSearch() {
        join(3);
        find(1, Optional.of(AS_SEED));

        node.handle(new DhtInput.Cancel(1));
        for (var contact : network) {
            reply(contact, List.of(PEER), "t");
        }
        node.advance(Duration.ofSeconds(10));

        assertThat(node.events).isEmpty();
        assertThat(announces()).isEmpty();
    }

    @Test
    void oneSearchTooManyWaitsForItsTurn() {
        join(1);
        for (int i = 0; i <= Commands.MAX_RUNNING; i++) {
            find(i, Optional.empty());
        }
        assertThat(node.queriesTo(network.getFirst().endpoint())).hasSize(Commands.MAX_RUNNING);

        reply(network.getFirst(), List.of(), "");
        node.advance(Duration.ofMillis(1));

        assertThat(node.queriesTo(network.getFirst().endpoint())).hasSize(Commands.MAX_RUNNING + 1);
    }

    @Test
    void aNodeThatAnswersWithAnErrorIsPassedOver() {
        join(2);
        find(1, Optional.empty());

        refuse(network.get(0));
        reply(network.get(1), List.of(PEER), "");

        assertThat(ended(1).closest()).containsExactly(network.get(1));
    }

    @Test
    void contactsOfTheOtherFamilyFeedItsOwnSearchAndAnnounce() {
        var both = DhtProbe.withId(DhtProbe.id("abcdefghij0123456789"));
        var v4 = new Contact(Id.random(both.random), DhtProbe.endpoint("5.1.1.1:1"));
        var v6 = new Contact(Id.random(both.random), DhtProbe.endpoint("[2001:db8::6]:1"));
        var peer6 = DhtProbe.endpoint("[2001:db8::7]:2");
        both.handle(new DhtInput.Bootstrap(List.of(v4), List.of()));
        both.handle(new DhtInput.FindPeers(1, INFO_HASH, Optional.of(AS_SEED)));

        var query4 = both.queriesTo(v4.endpoint()).getLast();
        var reply4 = new DhtProbe.Reply(v4.id(), List.of(v6), List.of(PEER), "four", none());
        both.answer(v4.endpoint(), query4, reply4);
        for (var query : both.queriesTo(v6.endpoint())) {
            var reply6 = new DhtProbe.Reply(v6.id(), List.of(), List.of(peer6), "six", none());
            both.answer(v6.endpoint(), query, reply6);
        }
        both.answer(v4.endpoint(), both.queriesTo(v4.endpoint()).getFirst(), v4.id(), List.of());

        var announce4 = (KrpcQuery.AnnouncePeer) both.lastQuery(v4.endpoint());
        var announce6 = (KrpcQuery.AnnouncePeer) both.lastQuery(v6.endpoint());
        assertThat(announce4.token()).isEqualTo(ByteString.utf8("four"));
        assertThat(announce6.token()).isEqualTo(ByteString.utf8("six"));
        assertThat(both.events)
                .contains(
                        new DhtEffect.PeersFound(1, v4, List.of(PEER)),
                        new DhtEffect.PeersFound(1, v6, List.of(peer6)));
    }

    /// Makes the node know this many contacts that answer.
    private void join(int count) {
        for (int i = 0; i < count; i++) {
            network.add(contact(i));
        }
        node.handle(new DhtInput.Bootstrap(network, List.of()));
        for (int round = 0; round < 3; round++) {
            for (var contact : network) {
                for (var query : node.queriesTo(contact.endpoint())) {
                    node.answer(contact.endpoint(), query, contact.id(), List.of());
                }
            }
            node.advance(Duration.ofMillis(1));
        }
        assertThat(node.node.contacts()).hasSizeGreaterThanOrEqualTo(Math.min(count, 8));
        node.sent.clear();
        node.events.clear();
    }

    private Contact contact(int i) {
        return new Contact(Id.random(node.random), DhtProbe.endpoint("5.%d.1.1:1".formatted(i)));
    }

    private void find(long handle, Optional<DhtInput.Announce> announce) {
        node.handle(new DhtInput.FindPeers(handle, INFO_HASH, announce));
    }

    private void reply(Contact from, List<Endpoint> values, String token) {
        var queries = node.queriesTo(from.endpoint());
        if (!queries.isEmpty()) {
            var reply = new DhtProbe.Reply(from.id(), network, values, token, none());
            node.answer(from.endpoint(), queries.getLast(), reply);
        }
    }

    private void acknowledge(Contact by) {
        node.answer(by.endpoint(), node.lastQuery(by.endpoint()), by.id(), List.of());
    }

    private void refuse(Contact by) {
        var transaction = node.lastQuery(by.endpoint()).transaction();
        node.send(by.endpoint(), new KrpcError(transaction, 203, "no", none()));
    }

    private DhtEffect.LookupEnded ended(long handle) {
        return node.events.stream()
                .filter(DhtEffect.LookupEnded.class::isInstance)
                .map(DhtEffect.LookupEnded.class::cast)
                .filter(event -> event.handle() == handle)
                .findFirst()
                .orElseThrow();
    }

    private List<KrpcQuery.AnnouncePeer> announces() {
        return node.sent.stream()
                .filter(send -> send.message() instanceof KrpcQuery.AnnouncePeer)
                .map(send -> (KrpcQuery.AnnouncePeer) send.message())
                .toList();
    }

    private static Optional<Endpoint> none() {
        return Optional.empty();
    }
}
