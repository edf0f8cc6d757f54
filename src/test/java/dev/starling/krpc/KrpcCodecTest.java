package dev.starling.krpc;

import static dev.starling.krpc.KrpcSamples.hex;
import static dev.starling.krpc.KrpcSamples.latin;
import static dev.starling.krpc.KrpcSamples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.krpc.KrpcCodec.Message;
import dev.starling.krpc.KrpcQuery.Header;
import dev.starling.krpc.KrpcQuery.Want;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The examples of BEP 5, byte for byte in both directions, then those of its extensions.
class KrpcCodecTest {

    private static final ByteString AA = ByteString.utf8("aa");
    private static final Id ABC = Id.of(latin("abcdefghij0123456789"));
    private static final Id MNO = Id.of(latin("mnopqrstuvwxyz123456"));
    private static final Header HEADER = new Header(AA, ABC, false, ByteString.EMPTY);

    private final KrpcCodec codec = new KrpcCodec();

    @Test
    void errorOfBep5() {
        same(
                "d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee",
                new KrpcError(AA, KrpcError.GENERIC, "A Generic Error Ocurred", Optional.empty()));
    }

    @Test
    void pingOfBep5() {
        same(
                "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe",
                new KrpcQuery.Ping(HEADER));
        same("d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re", answer(MNO).build());
    }

    @Test
    void findNodeOfBep5() {
        same(
                "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e"
                        + "1:q9:find_node1:t2:aa1:y1:qe",
                new KrpcQuery.FindNode(HEADER, MNO, Want.UNSPECIFIED));
    }

    @Test
    void answerToFindNodeCarriesWholeContactsWhereBep5HasAPlaceholder() {
        same(
                "d1:rd2:id20:abcdefghij01234567895:nodes26:mnopqrstuvwxyz123456axje.ue"
                        + "1:t2:aa1:y1:re",
                answer(ABC).nodes(new Contact(MNO, compact("axje.u"))).build());
    }

    @Test
    void getPeersOfBep5() {
        same(
                "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e"
                        + "1:q9:get_peers1:t2:aa1:y1:qe",
                new KrpcQuery.GetPeers(HEADER, MNO, Want.UNSPECIFIED, false, false));
    }

    @Test
    void answerToGetPeersOfBep5WithPeers() {
        same(
                "d1:rd2:id20:abcdefghij01234567895:token8:aoeusnth6:valuesl6:axje.u6:idhtnmee"
                        + "1:t2:aa1:y1:re",
                answer(ABC).token("aoeusnth").values(compact("axje.u"), compact("idhtnm")).build());
    }

    @Test
    void answerToGetPeersWithContacts() {
        same(
                "d1:rd2:id20:abcdefghij01234567895:nodes26:mnopqrstuvwxyz123456axje.u"
                        + "5:token8:aoeusnthe1:t2:aa1:y1:re",
                answer(ABC).token("aoeusnth").nodes(new Contact(MNO, compact("axje.u"))).build());
    }

    @Test
    void announcePeerOfBep5() {
        same(
                "d1:ad2:id20:abcdefghij012345678912:implied_porti1e9:info_hash20:"
                        + "mnopqrstuvwxyz1234564:porti6881e5:token8:aoeusnthe"
                        + "1:q13:announce_peer1:t2:aa1:y1:qe",
                new KrpcQuery.AnnouncePeer(
                        HEADER, MNO, 6881, true, ByteString.utf8("aoeusnth"), false));
    }

    @Test
    void wantOfBep32() {
        same(
                "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz1234564:wantl2:n42:n6ee"
                        + "1:q9:find_node1:t2:aa1:y1:qe",
                new KrpcQuery.FindNode(HEADER, MNO, new Want(true, true)));
    }

    @Test
    void contactsOfBothFamiliesOfBep32() {
        var v4 = new Contact(ABC, Endpoint.parse("1.2.3.4:6881").orElseThrow());
        var v6 = new Contact(MNO, Endpoint.parse("[2001:db8::1]:6881").orElseThrow());

        same(
                "d1:rd2:id20:abcdefghij01234567895:nodes26:abcdefghij0123456789"
                        + hex("010203041ae1")
                        + "6:nodes638:mnopqrstuvwxyz123456"
                        + hex("20010db80000000000000000000000011ae1")
                        + "e1:t2:aa1:y1:re",
                answer(ABC).nodes(v4, v6).build());
    }

    @Test
    void flagsOfBep33() {
        same(
                "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456"
                        + "6:noseedi1e6:scrapei1ee1:q9:get_peers1:t2:aa1:y1:qe",
                new KrpcQuery.GetPeers(HEADER, MNO, Want.UNSPECIFIED, true, true));
        same(
                "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz1234564:porti6881e"
                        + "4:seedi1e5:token1:xe1:q13:announce_peer1:t2:aa1:y1:qe",
                new KrpcQuery.AnnouncePeer(HEADER, MNO, 6881, false, ByteString.utf8("x"), true));
    }

    @Test
    void observedEndpointOfBep42() {
        same(
                "d2:ip6:" + hex("7c1f4b151ae1") + "1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re",
                answer(MNO).observed("124.31.75.21:6881").build());
        same(
                "d2:ip18:"
                        + hex("20010db80000000000000000000000011ae1")
                        + "1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re",
                answer(MNO).observed("[2001:db8::1]:6881").build());
        same(
                "d1:eli203e3:bade2:ip6:" + hex("7c1f4b151ae1") + "1:t2:aa1:y1:ee",
                new KrpcError(AA, 203, "bad", Endpoint.parse("124.31.75.21:6881")));
    }

    @Test
    void readOnlyFlagOfBep43() {
        same(
                "d1:ad2:id20:abcdefghij0123456789e1:q4:ping2:roi1e1:t2:aa1:y1:qe",
                new KrpcQuery.Ping(new Header(AA, ABC, true, ByteString.EMPTY)));
    }

    @Test
    void versionFollowsTheTransaction() {
        var version = ByteString.of(latin("LT" + hex("0102")));

        same(
                "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:v4:LT\1\2" + "1:y1:qe",
                new KrpcQuery.Ping(new Header(AA, ABC, false, version)));
        same(
                "d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:v4:LT\1\2" + "1:y1:re",
                answer(MNO).version(version).build());
    }

    @Test
    void getOfBep44() {
        same(
                "d1:ad2:id20:abcdefghij01234567893:seqi7e6:target20:mnopqrstuvwxyz123456e"
                        + "1:q3:get1:t2:aa1:y1:qe",
                new KrpcQuery.Get(HEADER, MNO, OptionalLong.of(7), Want.UNSPECIFIED));
    }

    @Test
    void putOfBep44WithAllThereIs() {
        var item =
                new Item.Mutable(
                        new PublicKey(ByteString.utf8("k".repeat(32))),
                        ByteString.utf8("salty"),
                        4,
                        ByteString.utf8("12:Hello World!"),
                        ByteString.utf8("s".repeat(64)));
        same(
                "d1:ad3:casi3e2:id20:abcdefghij01234567891:k32:"
                        + "k".repeat(32)
                        + "4:salt5:salty3:seqi4e3:sig64:"
                        + "s".repeat(64)
                        + "5:token8:aoeusnth1:v12:Hello World!e1:q3:put1:t2:aa1:y1:qe",
                new KrpcQuery.Put(HEADER, ByteString.utf8("aoeusnth"), OptionalLong.of(3), item));
    }

    @Test
    void sampleInfohashesOfBep51() {
        same(
                "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e"
                        + "1:q17:sample_infohashes1:t2:aa1:y1:qe",
                new KrpcQuery.SampleInfohashes(HEADER, MNO, Want.UNSPECIFIED));
    }

    @Test
    void unknownQueryKeepsItsTarget() {
        same(
                "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e"
                        + "1:q17:sample_somethings1:t2:aa1:y1:qe",
                new KrpcQuery.Unknown(
                        HEADER,
                        ByteString.utf8("sample_somethings"),
                        Optional.of(MNO),
                        Want.UNSPECIFIED));
        same(
                "d1:ad2:id20:abcdefghij0123456789e1:q4:vote1:t2:aa1:y1:qe",
                new KrpcQuery.Unknown(
                        HEADER, ByteString.utf8("vote"), Optional.empty(), Want.UNSPECIFIED));
    }

    @Test
    void directBufferIsReadLikeAnArray() {
        byte[] bytes = latin("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe");
        var direct = ByteBuffer.allocateDirect(bytes.length + 4);
        direct.put(4, bytes).position(4);

        assertThat(codec.decode(direct)).isEqualTo(new Message(new KrpcQuery.Ping(HEADER)));
        assertThat(direct.position()).isEqualTo(4);
        assertThat(codec.decode(ByteBuffer.wrap(bytes).asReadOnlyBuffer()))
                .isEqualTo(new Message(new KrpcQuery.Ping(HEADER)));
    }

    @Test
    void sliceOfAnArrayIsReadInItsPlace() {
        byte[] bytes = latin("junkd1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qejunk");
        var slice = ByteBuffer.wrap(bytes, 3, bytes.length - 7).slice().position(1);

        assertThat(codec.decode(slice)).isEqualTo(new Message(new KrpcQuery.Ping(HEADER)));
        assertThat(slice.position()).isEqualTo(1);
    }

    @Test
    void messageOutlivesItsDatagram() {
        byte[] bytes = latin("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe");

        var decoded = codec.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);

        assertThat(decoded).isEqualTo(new Message(new KrpcQuery.Ping(HEADER)));
    }

    @Test
    void unsortedKeysAreTolerated() {
        var decoded =
                codec.decode(
                        ByteBuffer.wrap(
                                latin(
                                        "d1:y1:q1:t2:aa1:q4:ping1:ad2:id20:"
                                                + "abcdefghij0123456789ee")));

        assertThat(decoded).isEqualTo(new Message(new KrpcQuery.Ping(HEADER)));
    }

    @Test
    void bufferIsUsedAgain() {
        var peers = Collections.nCopies(300, compact("axje.u")).toArray(Endpoint[]::new);
        var first = codec.encode(answer(ABC).values(peers).build());
        int firstLength = first.remaining();
        var second = codec.encode(new KrpcQuery.Ping(HEADER));

        assertThat(firstLength).isGreaterThan(300 * 8);
        assertThat(text(second))
                .isEqualTo("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe");
        assertThat(second).isSameAs(first);
    }

    private void same(String datagram, KrpcMessage message) {
        assertThat(codec.decode(ByteBuffer.wrap(latin(datagram)))).isEqualTo(new Message(message));
        assertThat(text(codec.encode(message))).isEqualTo(datagram);
    }

    private static Endpoint compact(String sixBytes) {
        return Endpoint.ofCompact(latin(sixBytes), 0, 6);
    }

    private static Answer answer(Id sender) {
        return new Answer(sender);
    }

    /// A response by its parts.
    private static final class Answer {
        private final Id sender;
        private List<Contact> nodes = List.of();
        private List<Endpoint> values = List.of();
        private ByteString token = ByteString.EMPTY;
        private ByteString version = ByteString.EMPTY;
        private Optional<Endpoint> observed = Optional.empty();

        Answer(Id sender) {
            this.sender = sender;
        }

        Answer nodes(Contact... contacts) {
            nodes = List.of(contacts);
            return this;
        }

        Answer values(Endpoint... endpoints) {
            values = List.of(endpoints);
            return this;
        }

        Answer token(String text) {
            token = ByteString.utf8(text);
            return this;
        }

        Answer version(ByteString bytes) {
            version = bytes;
            return this;
        }

        Answer observed(String endpoint) {
            observed = Endpoint.parse(endpoint);
            return this;
        }

        KrpcResponse build() {
            return new KrpcResponse(AA, sender, nodes, values, token, observed, version);
        }
    }
}
