package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final Endpoint ROUTER = DhtProbe.endpoint("67.215.246.10:6881");
    private static final Endpoint LOCAL_ROUTER = DhtProbe.endpoint("127.0.0.1:7001");

    private final DhtProbe node = DhtProbe.v4Only(DhtProbe.id("mnopqrstuvwxyz123456"));
    private final Id routerId = Id.random(node.random);

    @Test
    void theRouterIsAskedForOurIdAndThenWhoeverItNames() {
        var named = contact("5.6.7.8:1");

        bootstrap(List.of(), List.of(ROUTER));
        var query = (KrpcQuery.FindNode) node.lastQuery(ROUTER);
        assertThat(query.target()).isEqualTo(node.node.id());
        node.answer(ROUTER, query, routerId, List.of(named));

        assertThat(node.lastQuery(named.endpoint())).isInstanceOf(KrpcQuery.FindNode.class);
        node.answer(named.endpoint(), node.lastQuery(named.endpoint()), named.id(), List.of());
        assertThat(node.events).containsExactly(new DhtEffect.Bootstrapped(1));
    }

    @Test
    void aPublicRouterIsNoContact() {
        var named = contact("5.6.7.8:1");

        bootstrap(List.of(), List.of(ROUTER));
        node.answer(ROUTER, node.lastQuery(ROUTER), routerId, List.of(named));

        assertThat(node.node.contacts()).isEmpty();
        assertThat(node.queriesTo(ROUTER)).hasSize(1);
    }

    @Test
    void aRouterThatKnowsNobodyIsTheNetwork() {
        bootstrap(List.of(), List.of(ROUTER));
        answerAll(ROUTER, routerId);

        assertThat(node.events).containsExactly(new DhtEffect.Bootstrapped(1));
        assertThat(contacts()).containsExactly(new Contact(routerId, ROUTER));
    }

    @Test
    void aRouterOnAPrivateNetworkIsANodeLikeAnyOther() {
        var named = contact("127.0.0.1:7002");

        bootstrap(List.of(), List.of(LOCAL_ROUTER));
        node.answer(LOCAL_ROUTER, node.lastQuery(LOCAL_ROUTER), routerId, List.of(named));

        assertThat(contacts()).containsExactly(new Contact(routerId, LOCAL_ROUTER));
    }

    @Test
    void savedContactsComeFirstAndRoutersAreSparedIfEnoughAnswer() {
        var saved = new ArrayList<Contact>();
        for (int i = 0; i < 8; i++) {
            saved.add(contact("5.%d.7.8:1".formatted(i)));
        }

        bootstrap(saved, List.of(ROUTER));
        for (var contact : saved) {
            answerAll(contact.endpoint(), contact.id());
        }

        assertThat(node.events).containsExactly(new DhtEffect.Bootstrapped(8));
        node.advance(Duration.ofMinutes(5));
        assertThat(node.queriesTo(ROUTER)).isEmpty();
    }

    @Test
    void whoKnowsFewLooksAgainSoonAndThenEverMoreSeldom() {
        bootstrap(List.of(), List.of(ROUTER));
        answerAll(ROUTER, routerId);
        int asked = node.queriesTo(ROUTER).size();

        node.advance(Duration.ofSeconds(1));
        assertThat(node.queriesTo(ROUTER)).hasSizeGreaterThan(asked);

        for (int minute = 0; minute < 10; minute++) {
            answerAll(ROUTER, routerId);
            node.advance(Duration.ofMinutes(1));
        }
        assertThat(node.queriesTo(ROUTER)).hasSizeLessThan(60);
    }

    @Test
    void routersAreAskedSoonIfSavedContactsAreSilent() {
        bootstrap(List.of(contact("5.6.7.8:1")), List.of(ROUTER));

        node.advance(Duration.ofMillis(500));

        assertThat(node.queriesTo(ROUTER)).hasSize(1);
    }

    @Test
    void silenceIsToldAndTheRouterAskedAgainEverMoreSeldom() {
        bootstrap(List.of(), List.of(ROUTER));

        node.advance(Duration.ofMillis(3_500));
        assertThat(node.queriesTo(ROUTER)).hasSize(4); // after 0, 0.5, 1.5 and 3.5 seconds
        assertThat(node.events).containsExactly(new DhtEffect.BootstrapStalled(1));

        node.advance(Duration.ofSeconds(597));
        assertThat(node.queriesTo(ROUTER)).hasSize(45); // after 7.5, 15.5, 30.5 .. 600.5 seconds
        answerAll(ROUTER, routerId);
        assertThat(node.events).contains(new DhtEffect.Bootstrapped(1));
    }

    @Test
    void theFirstNodeHasJoinedOnceAnotherComes() {
        bootstrap(List.of(), List.of());
        node.advance(Duration.ofMinutes(5));
        assertThat(node.events).isEmpty();

        var other = contact("5.6.7.8:1");
        node.send(other.endpoint(), new KrpcQuery.Ping(DhtProbe.header(other.id())));
        node.advance(Duration.ofMillis(200));
        answerAll(other.endpoint(), other.id());

        assertThat(node.events).containsExactly(new DhtEffect.Bootstrapped(1));
    }

    @Test
    void everyBootstrapThatSucceedsIsTold() {
        bootstrap(List.of(), List.of(ROUTER));
        answerAll(ROUTER, routerId);

        bootstrap(List.of(), List.of(DhtProbe.endpoint("99.1.1.1:1")));
        answerAll(ROUTER, routerId);

        assertThat(node.events)
                .containsExactly(new DhtEffect.Bootstrapped(1), new DhtEffect.Bootstrapped(1));
    }

    @Test
    void aRouterIsNotAskedAgainBecauseAnothersNameWasResolved() {
        bootstrap(List.of(), List.of(ROUTER));
        bootstrap(List.of(), List.of(LOCAL_ROUTER));

        assertThat(node.queriesTo(ROUTER)).hasSize(1);
        assertThat(node.queriesTo(LOCAL_ROUTER)).hasSize(1);
    }

    @Test
    void aNodeOfBothFamiliesWantsBoth() {
        var both = DhtProbe.withId(DhtProbe.id("mnopqrstuvwxyz123456"));
        var router6 = DhtProbe.endpoint("[2001:db8::1]:6881");

        both.handle(new DhtInput.Bootstrap(List.of(), List.of(router6)));

        var query = (KrpcQuery.FindNode) both.lastQuery(router6);
        assertThat(query.want()).isEqualTo(new KrpcQuery.Want(true, true));
    }

    @Test
    void whoAsksItselfLearnsNothing() {
        bootstrap(List.of(), List.of(ROUTER));

        node.answer(ROUTER, node.lastQuery(ROUTER), node.node.id(), List.of());

        assertThat(node.events).isEmpty();
        assertThat(node.node.contacts()).isEmpty();
    }

    @Test
    void contactsThatMakeNoSenseFromTheInternetAreNotAsked() {
        var nonsense = new ArrayList<Contact>();
        for (String endpoint :
                List.of("127.0.0.1:1", "10.0.0.1:1", "224.0.0.1:1", "0.0.0.0:1", "5.6.7.8:0")) {
            nonsense.add(contact(endpoint));
        }

        bootstrap(List.of(), List.of(ROUTER));
        node.answer(ROUTER, node.lastQuery(ROUTER), routerId, nonsense);

        assertThat(node.sent).allMatch(send -> send.to().equals(ROUTER));
    }

    @Test
    void aNodeLeftAloneAsksTheRouterAgain() {
        bootstrap(List.of(), List.of(ROUTER));
        var named = contact("5.6.7.8:1");
        node.answer(ROUTER, node.lastQuery(ROUTER), routerId, List.of(named));
        node.answer(named.endpoint(), node.lastQuery(named.endpoint()), named.id(), List.of());
        int asked = node.queriesTo(ROUTER).size();

        node.advance(Duration.ofHours(2)); // its only contact falls silent

        assertThat(node.node.closest(node.node.id(), 8)).isEmpty();
        assertThat(node.queriesTo(ROUTER)).hasSizeGreaterThan(asked);
    }

    private void bootstrap(List<Contact> saved, List<Endpoint> routers) {
        node.handle(new DhtInput.Bootstrap(saved, routers));
    }

    /// Answers every query sent to `endpoint` so far and those that follow, naming nobody.
    private void answerAll(Endpoint endpoint, Id id) {
        int answered = 0;
        while (answered < node.queriesTo(endpoint).size()) {
            node.answer(endpoint, node.queriesTo(endpoint).get(answered++), id, List.of());
        }
    }

    private List<Contact> contacts() {
        return node.node.contacts().stream().map(state -> state.contact()).toList();
    }

    private Contact contact(String endpoint) {
        return new Contact(Id.random(node.random), DhtProbe.endpoint(endpoint));
    }
}
