package dev.starling.dht;

import static dev.starling.dht.DhtProbe.bencode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.SecureNodeId;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What others see of a node: its answers, byte by byte where BEP 5 gives an example.
class DhtNodeTest {

    private static final Id SELF = DhtProbe.id("mnopqrstuvwxyz123456");
    private static final Id OTHER = DhtProbe.id("abcdefghij0123456789");
    private static final Endpoint ASKER = DhtProbe.endpoint("88.77.66.55:4444");

    private final DhtProbe node = DhtProbe.withId(SELF);

    @Test
    void pingIsAnsweredWithOurId() {
        node.receive(ASKER, bencode("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe"));

        assertThat(node.sentTo(ASKER))
                .containsExactly(
                        bencode(
                                "d2:ip6:XMB7\u0011\\1:rd2:id20:mnopqrstuvwxyz123456e"
                                        + "1:t2:aa1:v4:SL\u0000\u00011:y1:re"));
    }

    @Test
    void findNodeIsAnsweredWithTheClosestContacts() {
        var known = node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));

        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e"
                                + "1:q9:find_node1:t2:aa1:y1:qe"));

        assertThat(node.lastResponse(ASKER).nodes()).containsExactly(known);
        assertThat(node.sentTo(ASKER).getLast())
                .isEqualTo(
                        bencode(
                                "d2:ip6:XMB7\u0011\\1:rd2:id20:mnopqrstuvwxyz123456"
                                        + "5:nodes26:0123456789abcdefghij"
                                        + "\u0001\u0002\u0003\u0004\u0004\u0001e"
                                        + "1:t2:aa1:v4:SL\u0000\u00011:y1:re"));
    }

    @Test
    void getPeersIsAnsweredWithTokenAndContactsAndWithPeersWhereThereAreSome() {
        var infoHash = DhtProbe.id("mnopqrstuvwxyz123456");
        var known = node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));
        node.peers.announce(infoHash, DhtProbe.endpoint("9.8.7.6:5"), false, node.nowMillis());

        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e"
                                + "1:q9:get_peers1:t2:aa1:y1:qe"));

        var answer = node.lastResponse(ASKER);
        assertThat(answer.token().lengthBytes()).isEqualTo(Tokens.LENGTH_BYTES);
        assertThat(answer.nodes()).containsExactly(known);
        assertThat(answer.values()).containsExactly(DhtProbe.endpoint("9.8.7.6:5"));
    }

    @Test
    void announceWithTheTokenIsStoredAndAcknowledged() {
        var token = node.ask(ASKER, getPeers(OTHER)).token();

        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij012345678912:implied_porti1e"
                                + "9:info_hash20:mnopqrstuvwxyz1234564:porti6881e5:token8:",
                        token,
                        "e1:q13:announce_peer1:t2:aa1:y1:qe"));

        assertThat(node.sentTo(ASKER).getLast())
                .isEqualTo(
                        bencode(
                                "d2:ip6:XMB7\u0011\\1:rd2:id20:mnopqrstuvwxyz123456e"
                                        + "1:t2:aa1:v4:SL\u0000\u00011:y1:re"));
        var found = node.ask(DhtProbe.endpoint("44.33.22.11:1"), getPeers(SELF)).values();
        assertThat(found).containsExactly(ASKER);
    }

    @Test
    void thePortCountsWhereItIsNotImplied() {
        var token = node.ask(ASKER, getPeers(OTHER)).token();

        node.send(ASKER, announce(OTHER, 51413, false, token));

        assertThat(node.ask(ASKER, getPeers(OTHER)).values())
                .containsExactly(DhtProbe.endpoint("88.77.66.55:51413"));
    }

    @Test
    void anotherAddressesTokenOrNoneIsRefusedWithError203() {
        var token = node.ask(ASKER, getPeers(OTHER)).token();
        var thief = DhtProbe.endpoint("44.33.22.11:1");

        node.send(thief, announce(OTHER, 51413, false, token));
        node.send(ASKER, announce(OTHER, 51413, false, ByteString.EMPTY));

        assertThat(node.lastError(thief).code()).isEqualTo(KrpcError.PROTOCOL);
        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.PROTOCOL);
        assertThat(node.peers.peers()).isZero();
    }

    @Test
    void aTokenIsGoodForFiveMinutesAndNotForTen() {
        var token = node.ask(ASKER, getPeers(OTHER)).token();

        node.advance(Duration.ofMinutes(5));
        node.send(ASKER, announce(OTHER, 1, false, token));
        assertThat(node.peers.peers()).isEqualTo(1);

        node.advance(Duration.ofMinutes(5));
        node.send(ASKER, announce(OTHER, 1, false, token));
        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.PROTOCOL);
    }

    @Test
    void port0IsRefusedUnlessImplied() {
        var token = node.ask(ASKER, getPeers(OTHER)).token();

        node.send(ASKER, announce(OTHER, 0, false, token));

        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.PROTOCOL);
    }

    @Test
    void findNodeWithoutTargetIsRefusedWithError203() {
        node.receive(
                ASKER, bencode("d1:ad2:id20:abcdefghij0123456789e1:q9:find_node1:t2:aa1:y1:qe"));

        var error = node.lastError(ASKER);
        assertThat(error.code()).isEqualTo(KrpcError.PROTOCOL);
        assertThat(error.transaction()).isEqualTo(ByteString.utf8("aa"));
        assertThat(error.observed()).contains(ASKER);
    }

    @Test
    void anUnknownQueryGetsContactsIfItHasATargetAndError204IfNot() {
        var known = node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));

        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e"
                                + "1:q8:find_cat1:t2:aa1:y1:qe"));
        node.receive(ASKER, bencode("d1:ad2:id20:abcdefghij0123456789e1:q3:cat1:t2:aa1:y1:qe"));

        assertThat(node.lastResponse(ASKER).nodes()).containsExactly(known);
        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.METHOD_UNKNOWN);
    }

    @Test
    void junkIsMetWithSilence() {
        for (String junk :
                List.of(
                        "",
                        "d",
                        "de",
                        "d1:y1:qe",
                        "d1:t2:aa1:y1:xe",
                        "i1e",
                        "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:q",
                        "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:ze")) {
            node.receive(ASKER, bencode(junk));
        }

        assertThat(node.sentTo(ASKER)).isEmpty();
    }

    @Test
    void whoAsksFromAnUnreachableEndpointIsNotAnswered() {
        for (String from : List.of("88.77.66.55:0", "224.0.0.1:6881", "0.0.0.0:6881")) {
            node.send(DhtProbe.endpoint(from), new KrpcQuery.Ping(DhtProbe.header(OTHER)));
        }

        assertThat(node.sent).isEmpty();
    }

    @Test
    void wantDecidesWhichFamiliesAreAnswered() {
        var v4 = node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));
        var v6 = node.knows("[2001:db8::7]:1025", DhtProbe.id("1123456789abcdefghij"));
        var asker6 = DhtProbe.endpoint("[2001:db9::1]:6881");

        var none = new KrpcQuery.Want(false, false);
        assertThat(node.ask(ASKER, findNode(none)).nodes()).containsExactly(v4);
        assertThat(node.ask(asker6, findNode(none)).nodes()).containsExactly(v6);
        var n6 = new KrpcQuery.Want(false, true);
        assertThat(node.ask(ASKER, findNode(n6)).nodes()).containsExactly(v6);
        var n4 = new KrpcQuery.Want(true, false);
        assertThat(node.ask(asker6, findNode(n4)).nodes()).containsExactly(v4);
        var both = new KrpcQuery.Want(true, true);
        assertThat(node.ask(ASKER, findNode(both)).nodes()).containsExactlyInAnyOrder(v4, v6);
    }

    @Test
    void valuesAreOfTheAskersFamilyOnly() {
        var peer4 = DhtProbe.endpoint("9.8.7.6:5");
        var peer6 = DhtProbe.endpoint("[2001:db8::9]:5");
        node.peers.announce(OTHER, peer4, false, node.nowMillis());
        node.peers.announce(OTHER, peer6, false, node.nowMillis());

        var byV4 = node.ask(ASKER, getPeers(OTHER));
        var byV6 = node.ask(DhtProbe.endpoint("[2001:db9::1]:6881"), getPeers(OTHER));

        assertThat(byV4.values()).containsExactly(peer4);
        assertThat(byV6.values()).containsExactly(peer6);
    }

    @Test
    void theLargestAnswerFitsADatagramOf1400Bytes() {
        for (int i = 0; i < 40; i++) {
            node.knows("5.%d.1.1:1".formatted(i), Id.random(node.random));
            node.knows("[2001:%x::1]:1".formatted(0xd00 + i), Id.random(node.random));
        }
        for (int i = 0; i < 200; i++) {
            var peer4 = DhtProbe.endpoint("9.8.%d.6:5".formatted(i));
            var peer6 = DhtProbe.endpoint("[2001:db8::%x]:5".formatted(i + 1));
            node.peers.announce(OTHER, peer4, false, node.nowMillis());
            node.peers.announce(OTHER, peer6, false, node.nowMillis());
        }
        var both = new KrpcQuery.Want(true, true);
        var longest = ByteString.of(new byte[32]);
        var header = new KrpcQuery.Header(longest, OTHER, true, ByteString.EMPTY);

        for (String from : List.of("88.77.66.55:4444", "[2001:db9::1]:6881")) {
            var asker = DhtProbe.endpoint(from);
            node.send(asker, new KrpcQuery.GetPeers(header, OTHER, both, false, false));

            assertThat(node.lastResponse(asker).values()).hasSize(asker.isV4() ? 50 : 25);
            assertThat(node.lastResponse(asker).nodes()).hasSize(16);
            assertThat(node.sentTo(asker).getLast().length).isLessThanOrEqualTo(1_400);
        }
    }

    @Test
    void closestContactsAreExactAndWithoutDuplicates() {
        for (int i = 0; i < 60; i++) {
            node.knows("5.%d.1.1:1".formatted(i), Id.random(node.random));
        }
        var target = Id.random(node.random);
        var want = new KrpcQuery.Want(true, false);

        var header = DhtProbe.header(OTHER);
        var answer = node.ask(ASKER, new KrpcQuery.FindNode(header, target, want));

        var all =
                node.node.contacts().stream()
                        .map(state -> state.contact())
                        .sorted((a, b) -> target.compareDistance(a.id(), b.id()))
                        .limit(8)
                        .toList();
        assertThat(answer.nodes()).containsExactlyElementsOf(all);
    }

    @Test
    void anAskerOnTheInternetIsNotToldOfLocalContactsAndPeers() {
        node.knows("192.168.1.7:1", Id.random(node.random));
        var global = node.knows("1.2.3.4:1025", Id.random(node.random));
        var localPeer = DhtProbe.endpoint("192.168.1.7:2");
        node.peers.announce(OTHER, localPeer, false, node.nowMillis());

        var told = node.ask(ASKER, getPeers(OTHER));
        var neighbourTold = node.ask(DhtProbe.endpoint("192.168.1.8:1"), getPeers(OTHER));

        assertThat(told.nodes()).containsExactly(global);
        assertThat(told.values()).isEmpty();
        assertThat(neighbourTold.nodes()).hasSize(2);
        assertThat(neighbourTold.values()).containsExactly(localPeer);
    }

    @Test
    void aReadOnlyNodeAnswersNobodyInsertsNobodyAndSaysSo() {
        var shy = DhtProbe.readOnly(SELF);

        shy.send(ASKER, new KrpcQuery.Ping(DhtProbe.header(OTHER)));
        shy.receive(
                ASKER, bencode("d1:ad2:id20:abcdefghij0123456789e1:q9:find_node1:t2:aa1:y1:qe"));
        shy.advance(Duration.ofMinutes(1));
        assertThat(shy.sent).isEmpty();

        shy.handle(new DhtInput.Ping(1, ASKER));
        assertThat(shy.lastQuery(ASKER).header().readOnly()).isTrue();
    }

    @Test
    void aReadOnlyAskerIsAnsweredButNeverAskedOrInserted() {
        var header = new KrpcQuery.Header(ByteString.utf8("aa"), OTHER, true, ByteString.EMPTY);

        node.send(ASKER, new KrpcQuery.Ping(header));
        node.advance(Duration.ofMinutes(1));

        assertThat(node.sentTo(ASKER)).hasSize(1);
        assertThat(node.node.contacts()).isEmpty();
    }

    @Test
    void whoAsksIsPingedAndInsertedOnceItAnswers() {
        node.send(ASKER, new KrpcQuery.Ping(DhtProbe.header(OTHER)));
        assertThat(node.node.contacts()).isEmpty();

        node.advance(Duration.ofMillis(200));
        var ping = node.lastQuery(ASKER);
        assertThat(ping).isInstanceOf(KrpcQuery.Ping.class);
        node.answer(ASKER, ping, OTHER, List.of());

        assertThat(node.node.contacts())
                .extracting(state -> state.contact())
                .containsExactly(new Contact(OTHER, ASKER));
    }

    @Test
    void anAnswerFromAnotherPortOrWithAnotherTransactionIsIgnored() {
        node.handle(new DhtInput.Ping(1, ASKER));
        var ping = node.lastQuery(ASKER);

        node.answer(DhtProbe.endpoint("88.77.66.55:4445"), ping, OTHER, List.of());
        node.answer(DhtProbe.endpoint("88.77.66.56:4444"), ping, OTHER, List.of());
        var forged = new KrpcQuery.Ping(DhtProbe.header(OTHER));
        node.answer(ASKER, forged, OTHER, List.of());
        assertThat(node.node.contacts()).isEmpty();
        assertThat(node.events).isEmpty();

        node.answer(ASKER, ping, OTHER, List.of());
        assertThat(node.events).singleElement().isInstanceOf(DhtEffect.Ponged.class);
        assertThat(node.node.contacts()).hasSize(1);
    }

    @Test
    void anUnansweredPingIsTold() {
        node.handle(new DhtInput.Ping(7, ASKER));

        node.advance(Transactions.TIMEOUT);

        assertThat(node.events).containsExactly(new DhtEffect.PingUnanswered(7, ASKER));
    }

    @Test
    void anErrorOfAnyShapeEndsItsTransaction() {
        node.handle(new DhtInput.Ping(7, ASKER));
        var transaction = node.lastQuery(ASKER).transaction();

        node.receive(ASKER, bencode("d1:eli-5ei7ee1:t4:", transaction, "1:y1:ee"));

        assertThat(node.events).containsExactly(new DhtEffect.PingUnanswered(7, ASKER));
    }

    @Test
    void anEndpointThatAnswersWithAnotherIdIsEvicted() {
        var known = node.knows("88.77.66.55:4444", OTHER);
        node.handle(new DhtInput.Ping(1, known.endpoint()));

        node.answer(known.endpoint(), node.lastQuery(ASKER), Id.random(node.random), List.of());

        assertThat(node.node.contacts()).isEmpty();
    }

    @Test
    void aSecondContactOfOneAddressOrAKnownIdElsewhereIsRefused() {
        var known = node.knows("88.77.66.55:4444", OTHER);

        node.knows("88.77.66.55:4445", Id.random(node.random));
        node.knows("99.77.66.55:4444", OTHER);

        assertThat(node.node.contacts())
                .extracting(state -> state.contact())
                .containsExactly(known);
    }

    @Test
    void oneAddressCannotFillTheStore() {
        var token = node.ask(ASKER, getPeers(OTHER)).token();
        int announces = RateLimit.ANNOUNCES + 1_000;
        for (int i = 0; i < announces; i++) {
            var infoHash = Id.random(node.random);
            node.send(
                    ASKER,
                    new KrpcQuery.AnnouncePeer(
                            DhtProbe.header(OTHER), infoHash, 1, false, token, false));
            if (i % 1_000 == 0) {
                node.advance(Duration.ofSeconds(1));
            }
        }

        assertThat(node.peers.peers())
                .isBetween((long) RateLimit.ANNOUNCES, RateLimit.ANNOUNCES + 100L);
        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.SERVER);
        var other = DhtProbe.endpoint("44.33.22.11:1");
        var others = node.ask(other, getPeers(OTHER)).token();
        assertThat(node.ask(other, announce(OTHER, 1, false, others)).sender()).isEqualTo(SELF);
    }

    @Test
    void aFloodFromOneAddressIsAnsweredOnlyUpToItsBudget() {
        for (int i = 0; i < 10_000; i++) {
            node.send(ASKER, new KrpcQuery.Ping(DhtProbe.header(OTHER)));
        }
        var other = DhtProbe.endpoint("44.33.22.11:1");
        node.send(other, new KrpcQuery.Ping(DhtProbe.header(OTHER)));

        assertThat(node.sentTo(ASKER)).hasSize(RateLimit.BURST);
        assertThat(node.sentTo(other)).hasSize(1);

        node.sent.clear();
        node.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 10_000; i++) {
            node.send(ASKER, new KrpcQuery.Ping(DhtProbe.header(OTHER)));
        }
        var answers =
                node.sent.stream().filter(send -> send.message() instanceof KrpcResponse).count();
        assertThat(answers).isBetween(1_000L, 1_001L);
    }

    @Test
    void aMachineFullOfNodesIsNotLimited() {
        var local = DhtProbe.endpoint("127.0.0.1:7777");

        for (int i = 0; i < 1_000; i++) {
            node.send(local, new KrpcQuery.Ping(DhtProbe.header(OTHER)));
        }

        assertThat(node.sentTo(local)).hasSize(1_000);
    }

    @Test
    void theIdFollowsTheAddressThatVotersAgreeOn() {
        var external = Optional.of(DhtProbe.endpoint("65.23.51.170:6881"));

        for (int i = 0; i < ExternalAddressVote.MIN_VOTERS; i++) {
            var voter = DhtProbe.endpoint("5.%d.1.1:1".formatted(i));
            node.handle(new DhtInput.Ping(i, voter));
            node.answer(voter, node.lastQuery(voter), Id.random(node.random), external);
        }

        var address = external.get().address();
        assertThat(node.events).contains(new DhtEffect.IdChanged(node.node.id(), address));
        assertThat(SecureNodeId.matches(node.node.id(), address)).isTrue();
        assertThat(node.ask(ASKER, new KrpcQuery.Ping(DhtProbe.header(OTHER))).sender())
                .isEqualTo(node.node.id())
                .isNotEqualTo(SELF);
        assertThat(node.node.contacts()).hasSize(ExternalAddressVote.MIN_VOTERS);
    }

    private static KrpcQuery getPeers(Id infoHash) {
        return new KrpcQuery.GetPeers(
                DhtProbe.header(OTHER), infoHash, KrpcQuery.Want.UNSPECIFIED, false, false);
    }

    private static KrpcQuery findNode(KrpcQuery.Want want) {
        return new KrpcQuery.FindNode(DhtProbe.header(OTHER), OTHER, want);
    }

    private static KrpcQuery announce(Id infoHash, int port, boolean implied, ByteString token) {
        var header = DhtProbe.header(OTHER);
        return new KrpcQuery.AnnouncePeer(header, infoHash, port, implied, token, false);
    }
}
