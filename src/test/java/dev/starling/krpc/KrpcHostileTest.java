package dev.starling.krpc;

import static dev.starling.krpc.KrpcSamples.hex;
import static dev.starling.krpc.KrpcSamples.latin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcCodec.Decoded;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcCodec.Undecodable;
import dev.starling.krpc.KrpcQuery.Want;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What others get wrong, and whether they hear of it.
class KrpcHostileTest {

    private static final String ID = "2:id20:abcdefghij0123456789";
    private static final String HASH = "9:info_hash20:mnopqrstuvwxyz123456";
    private static final String QUERY_END = "1:t2:aa1:y1:qe";

    private final KrpcCodec codec = new KrpcCodec();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "de",
                "d1:t2:aa1:y1:qe",
                "i1234567890123456789e",
                "le0123456789012345678e",
                "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y1:q",
                "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y1:qex",
                "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y1:xe",
                "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y0:e",
                "d1:ad" + ID + "e1:q4:ping1:t2:aa1:y2:qqe",
                "d1:ad" + ID + "e1:q4:ping1:t2:aa1:yi1ee",
                "d1:ad" + ID + "e1:q4:ping1:t2:aae",
                "d1:ad" + ID + "e1:q4:ping1:y1:qe",
                "d1:ad" + ID + "e1:q4:ping1:ti7e1:y1:qe",
                "d1:ad" + ID + "e1:q4:ping1:t33:000000000000000000000000000000000" + "1:y1:qe",
                "d1:rd2:id19:abcdefghij012345678e1:t2:aa1:y1:re",
                "d1:rd5:token8:aoeusnthe1:t2:aa1:y1:re",
                "d1:r20:abcdefghij01234567891:t2:aa1:y1:re",
                "d1:t2:aa1:v8:000000001:y1:re",
            })
    void isMetWithSilence(String datagram) {
        assertThat(decode(datagram))
                .isInstanceOfSatisfying(
                        Undecodable.class,
                        undecodable -> assertThat(undecodable.reply()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "d1:q4:ping" + "1:v6:000000" + ", missing or invalid id",
        "d1:ade1:q4:ping" + ", missing or invalid id",
        "d1:a20:abcdefghij01234567891:q4:ping" + ", missing or invalid id",
        "d1:ad2:id19:abcdefghij012345678e1:q4:ping" + ", missing or invalid id",
        "d1:ad2:id21:abcdefghij0123456789ae1:q4:ping" + ", missing or invalid id",
        "d1:ad2:idi20ee1:q4:ping" + ", missing or invalid id",
        "d1:ad" + ID + "e" + ", missing method",
        "d1:ad" + ID + "e1:qi5e" + ", missing method",
        "d1:ad" + ID + "e1:q9:find_node" + ", missing or invalid target",
        "d1:ad" + ID + "6:target3:abce1:q9:find_node" + ", missing or invalid target",
        "d1:ad" + ID + "e1:q9:get_peers" + ", missing or invalid info_hash",
        "d1:ad"
                + ID
                + "9:info_hash32:01234567890123456789012345678901e1:q9:get_peers"
                + ", missing or invalid info_hash",
        "d1:ad" + ID + "4:porti1e5:token1:xe1:q13:announce_peer" + ", missing or invalid info_hash",
        "d1:ad" + ID + HASH + "4:porti1ee1:q13:announce_peer" + ", missing or invalid token",
        "d1:ad"
                + ID
                + HASH
                + "4:porti1e5:tokeni5ee1:q13:announce_peer"
                + ", missing or invalid token",
        "d1:ad" + ID + HASH + "5:token1:xe1:q13:announce_peer" + ", missing or invalid port",
        "d1:ad"
                + ID
                + HASH
                + "4:porti0e5:token1:xe1:q13:announce_peer"
                + ", missing or invalid port",
        "d1:ad"
                + ID
                + HASH
                + "4:porti65536e5:token1:xe1:q13:announce_peer"
                + ", missing or invalid port",
        "d1:ad"
                + ID
                + HASH
                + "4:porti-1e5:token1:xe1:q13:announce_peer"
                + ", missing or invalid port",
        "d1:ad"
                + ID
                + HASH
                + "4:porti4294967297e5:token1:xe1:q13:announce_peer"
                + ", missing or invalid port",
        "d1:ad"
                + ID
                + HASH
                + "4:port4:68815:token1:xe1:q13:announce_peer"
                + ", missing or invalid port",
    })
    void isRefusedWithError203(String datagram, String reason) {
        var error =
                new KrpcError(ByteString.utf8("aa"), KrpcError.PROTOCOL, reason, Optional.empty());

        assertThat(decode(datagram + QUERY_END))
                .isEqualTo(new Undecodable(reason, Optional.of(error)));
    }

    @Test
    void transactionOfAnyBytesComesBackUnchanged() {
        var transaction = hex("00ff65643a0a7f80");
        var datagram = "d1:ad" + ID + "e1:q4:ping1:t8:" + transaction + "1:y1:qe";

        var query = message(KrpcQuery.Ping.class, datagram);

        assertThat(query.transaction()).isEqualTo(ByteString.of(latin(transaction)));
        assertThat(message(KrpcQuery.Ping.class, datagram.replace("8:" + transaction, "0:")))
                .returns(ByteString.EMPTY, KrpcQuery.Ping::transaction);
    }

    @Test
    void impliedPortNeedsNoPort() {
        var absent =
                message(
                        KrpcQuery.AnnouncePeer.class,
                        announce("12:implied_porti1e" + HASH + "5:token1:x"));
        var absurd =
                message(
                        KrpcQuery.AnnouncePeer.class,
                        announce("12:implied_porti1e" + HASH + "4:porti70000e5:token1:x"));

        assertThat(absent).returns(true, KrpcQuery.AnnouncePeer::impliedPort);
        assertThat(absent.port()).isZero();
        assertThat(absurd.port()).isZero();
    }

    @Test
    void longTokensAreRefused() {
        var longest = "5:token100:" + "x".repeat(100);
        var longer = "5:token101:" + "x".repeat(101);

        assertThat(decode(announce(HASH + "4:porti1e" + longest))).isInstanceOf(Message.class);
        assertThat(decode(announce(HASH + "4:porti1e" + longer))).isInstanceOf(Undecodable.class);
        assertThat(response(longest).token().lengthBytes()).isEqualTo(100);
        assertThat(response(longer).token().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5:nodes25:abcdefghij0123456789axje.",
                "5:nodes27:abcdefghij0123456789axje.u0",
                "5:nodes9:def456...",
                "5:nodesle",
                "6:nodes637:0123456789012345678901234567890123456",
                "5:nodes26:abcdefghij0123456789axje.u6:nodes61:x",
            })
    void answerWithContactsCutShortIsNoAnswer(String arguments) {
        assertThat(decode(answer(arguments)))
                .isEqualTo(new Undecodable("contacts cut short", Optional.empty()));
    }

    @Test
    void oddValuesAreSkipped() {
        var mapped = "18:" + hex("00000000000000000000ffff010203041ae1");
        var response = response("6:valuesl6:axje.u5:axje.7:axje.u0i7ele0:" + mapped + "6:idhtnme");

        assertThat(response.values())
                .containsExactly(
                        Endpoint.ofCompact(latin("axje.u"), 0, 6),
                        Endpoint.ofCompact(latin("idhtnm"), 0, 6));
        assertThat(response("6:values6:axje.u").values()).isEmpty();
        assertThat(response("6:valuesle").values()).isEmpty();
    }

    @Test
    void hybridValuesAreReadTogether() {
        var v6 = hex("20010db80000000000000000000000011ae1");

        assertThat(response("6:valuesl6:axje.u18:" + v6 + "e").values())
                .hasSize(2)
                .last()
                .hasToString("[2001:db8::1]:6881");
    }

    @Test
    void mappedAddressAmongIpv6ContactsIsSkipped() {
        var honest = "mnopqrstuvwxyz123456" + hex("20010db80000000000000000000000011ae1");
        var mapped = "mnopqrstuvwxyz123456" + hex("00000000000000000000ffff010203041ae1");

        assertThat(response("6:nodes676:" + mapped + honest).nodes())
                .extracting(Contact::endpoint)
                .extracting(Endpoint::toString)
                .containsExactly("[2001:db8::1]:6881");
    }

    @Test
    void contactsAndValuesAreBounded() {
        var contacts = "abcdefghij0123456789axje.u".repeat(100);
        var values = "6:axje.u".repeat(400);

        assertThat(response("5:nodes2600:" + contacts).nodes()).hasSize(KrpcCodec.MAX_CONTACTS);
        assertThat(response("6:valuesl" + values + "e").values()).hasSize(KrpcCodec.MAX_VALUES);
    }

    @Test
    void moreTokensThanTheLimitAreSilence() {
        assertThat(decode(answer("6:valuesl" + "6:axje.u".repeat(500) + "e")))
                .isInstanceOf(Undecodable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1:eli201e3:bade, 201, bad",
        "1:ele,           201, ''",
        "1:eli205ee,      205, ''",
        "1:el3:bade,      201, ''",
        "1:el3:badi203ee, 201, ''",
        "1:eli-1eli1eee,  -1,  ''",
        "1:eli99999999999e3:bade, 201, bad",
        "1:e3:bad,        201, ''",
        "1:ei203e,        201, ''",
        "1:ede,           201, ''",
        "1:rde,           201, ''",
    })
    void errorEndsItsTransactionHoweverMalformed(String body, int code, String text) {
        var error = message(KrpcError.class, "d" + body + "1:t2:aa1:v8:000000001:y1:ee");

        assertThat(error)
                .isEqualTo(new KrpcError(ByteString.utf8("aa"), code, text, Optional.empty()));
    }

    @Test
    void longErrorTextIsCut() {
        var error =
                message(KrpcError.class, "d1:eli201e300:" + "x".repeat(300) + "e1:t2:aa1:y1:ee");

        assertThat(error.message()).hasSize(200);
    }

    @Test
    void observedEndpointOfOddLengthIsAbsent() {
        for (String ip : new String[] {"2:ip4:1234", "2:ipi5e", "2:ip7:1234567", "2:iple"}) {
            var response = message(KrpcResponse.class, "d" + ip + "1:rd" + ID + "e1:t2:aa1:y1:re");

            assertThat(response.observed()).isEmpty();
        }
    }

    @Test
    void wantIgnoresWhatItDoesNotKnow() {
        assertThat(want("4:wantl2:n4e")).isEqualTo(new Want(true, false));
        assertThat(want("4:wantl2:n6e")).isEqualTo(new Want(false, true));
        assertThat(want("4:wantl2:n8i4ele2:n6e")).isEqualTo(new Want(false, true));
        assertThat(want("4:wantl2:n8e")).isEqualTo(Want.UNSPECIFIED);
        assertThat(want("4:want2:n4")).isEqualTo(Want.UNSPECIFIED);
        assertThat(want("4:wantle")).isEqualTo(Want.UNSPECIFIED);
    }

    @Test
    void unknownMethodTakesATargetOfTwentyBytesOnly() {
        var withHash =
                message(KrpcQuery.Unknown.class, "d1:ad" + ID + HASH + "e1:q3:xyz" + QUERY_END);
        var without =
                message(
                        KrpcQuery.Unknown.class,
                        "d1:ad" + ID + "6:target3:abce1:q3:xyz" + QUERY_END);

        assertThat(withHash.target()).isPresent();
        assertThat(without.target()).isEmpty();
    }

    @Test
    void longVersionCountsAsAbsent() {
        var datagram = "d1:ad" + ID + "e1:q4:ping1:t2:aa1:v17:00000000000000000" + "1:y1:qe";

        assertThat(message(KrpcQuery.Ping.class, datagram).header().version().isEmpty()).isTrue();
    }

    private Decoded decode(String datagram) {
        return codec.decode(ByteBuffer.wrap(latin(datagram)));
    }

    private <T extends KrpcMessage> T message(Class<T> kind, String datagram) {
        return kind.cast(((Message) decode(datagram)).message());
    }

    private KrpcResponse response(String arguments) {
        return message(KrpcResponse.class, answer(arguments));
    }

    private Want want(String argument) {
        return message(
                        KrpcQuery.GetPeers.class,
                        "d1:ad" + ID + HASH + argument + "e1:q9:get_peers" + QUERY_END)
                .want();
    }

    private static String announce(String arguments) {
        return "d1:ad" + ID + arguments + "e1:q13:announce_peer" + QUERY_END;
    }

    private static String answer(String arguments) {
        return "d1:rd" + ID + arguments + "e1:t2:aa1:y1:re";
    }
}
