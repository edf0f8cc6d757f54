package dev.starling.dht;

import static dev.starling.dht.DhtProbe.bencode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.item.SecretKey;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Want;
import dev.starling.krpc.KrpcResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a node answers to `get` and `put` (BEP 44) and to `sample_infohashes` (BEP 51).
class StoredItemsTest {

    private static final Id SELF = DhtProbe.id("mnopqrstuvwxyz123456");
    private static final Id OTHER = DhtProbe.id("abcdefghij0123456789");
    private static final Endpoint ASKER = DhtProbe.endpoint("88.77.66.55:4444");
    private static final SecretKey KEY = SecretKey.random(new Random(9));
    private static final ByteString NO_SALT = ByteString.EMPTY;

    private final DhtProbe node = DhtProbe.withId(SELF);

    @Test
    void anImmutableItemIsStoredUnderItsHash() {
        var item = new Item.Immutable(ByteString.utf8("12:Hello World!"));

        assertThat(put(item)).isEmpty();

        var answer = get(item.target());
        assertThat(answer.extra()).isEqualTo(KrpcResponse.Stored.of(item));
        assertThat(answer.token().isEmpty()).isFalse();
    }

    @Test
    void unknownItemsAreAnsweredWithATokenAndContacts() {
        var known = node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));

        var answer = get(OTHER);

        assertThat(answer.extra()).isEqualTo(KrpcResponse.Extra.NONE);
        assertThat(answer.nodes()).containsExactly(known);
        assertThat(answer.token().isEmpty()).isFalse();
    }

    @Test
    void aMutableItemIsReplacedByALaterOneOnly() {
        assertThat(put(version(5, "a"))).isEmpty();

        assertThat(put(version(4, "b"))).contains(KrpcError.SEQUENCE_TOO_LOW);
        assertThat(put(version(5, "b"))).contains(KrpcError.SEQUENCE_TOO_LOW);
        assertThat(put(version(5, "a"))).isEmpty();
        assertThat(put(version(6, "b"))).isEmpty();

        assertThat(stored()).contains(version(6, "b"));
    }

    @Test
    void saltedItemsAreApart() {
        var salted = Item.Mutable.signed(KEY, ByteString.utf8("x"), 1, value("salted"));

        put(version(1, "plain"));
        put(salted);

        assertThat(stored()).contains(version(1, "plain"));
        var answer = (KrpcResponse.Stored) get(salted.target()).extra();
        assertThat(answer.item().orElseThrow().value()).isEqualTo(salted.value());
    }

    @Test
    void whoKnowsTheNumberIsSentOnlyTheNumber() {
        put(version(5, "a"));

        for (long seq : new long[] {5, 6}) {
            assertThat(get(version(5, "a").target(), OptionalLong.of(seq)).extra())
                    .isEqualTo(new KrpcResponse.Stored(Optional.empty(), OptionalLong.of(5)));
        }
        assertThat(get(version(5, "a").target(), OptionalLong.of(4)).extra())
                .isEqualTo(KrpcResponse.Stored.of(version(5, "a")));
    }

    @Test
    void casMustBeTheNumberThatIsStored() {
        put(version(5, "a"));

        assertThat(put(version(6, "b"), OptionalLong.of(4))).contains(KrpcError.CAS_MISMATCH);
        assertThat(put(version(6, "b"), OptionalLong.of(6))).contains(KrpcError.CAS_MISMATCH);
        assertThat(put(version(6, "b"), OptionalLong.of(5))).isEmpty();
    }

    @Test
    void casIsIgnoredWhereNothingIsStored() {
        assertThat(put(version(5, "a"), OptionalLong.of(3))).isEmpty();
    }

    @Test
    void aBrokenSignatureIsRefused() {
        var item = version(1, "a");
        byte[] broken = item.signature().toBytes();
        broken[5] ^= 1;
        var forged = new Item.Mutable(item.key(), NO_SALT, 1, item.value(), ByteString.of(broken));

        assertThat(put(forged)).contains(KrpcError.INVALID_SIGNATURE);

        assertThat(stored()).isEmpty();
    }

    @Test
    void anothersTokenOrNoneIsRefused() {
        var item = new Item.Immutable(value("a"));
        var token = node.ask(ASKER, query(item.target(), OptionalLong.empty())).token();
        var thief = DhtProbe.endpoint("44.33.22.11:1");

        node.send(thief, new KrpcQuery.Put(header(), token, OptionalLong.empty(), item));
        node.send(ASKER, new KrpcQuery.Put(header(), ByteString.EMPTY, OptionalLong.empty(), item));

        assertThat(node.lastError(thief).code()).isEqualTo(KrpcError.PROTOCOL);
        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.PROTOCOL);
    }

    @Test
    void halfAMutableItemIsNeverTakenForAnImmutableOne() {
        var token = get(OTHER).token();

        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij01234567891:k32:" + "k".repeat(32) + "5:token8:",
                        token,
                        "1:v1:xe1:q3:put1:t2:aa1:y1:qe"));

        assertThat(node.lastError(ASKER).code()).isEqualTo(KrpcError.PROTOCOL);
        var key = new PublicKey(ByteString.utf8("k".repeat(32)));
        assertThat(get(Item.Mutable.targetOf(key, NO_SALT)).extra())
                .isEqualTo(KrpcResponse.Extra.NONE);
        assertThat(get(new Item.Immutable(ByteString.utf8("1:x")).target()).extra())
                .isEqualTo(KrpcResponse.Extra.NONE);
    }

    @Test
    void tooLargeAndImproperValuesAreRefusedEachWithItsCode() {
        var token = get(OTHER).token();

        assertThat(rawPut(token, "", "997:" + "x".repeat(997))).isEqualTo(KrpcError.VALUE_TOO_BIG);
        assertThat(rawPut(token, "", "d1:b1:x1:a1:ye")).isEqualTo(KrpcError.PROTOCOL);
        assertThat(rawPut(token, "", "i01e")).isEqualTo(KrpcError.PROTOCOL);
        assertThat(rawPut(token, mutableArguments(1, 65), "1:x")).isEqualTo(KrpcError.SALT_TOO_BIG);
        assertThat(rawPut(token, mutableArguments(-1, 0), "1:x")).isEqualTo(KrpcError.PROTOCOL);
        assertThat(rawPut(token, "", "996:" + "x".repeat(996))).isZero();
    }

    @Test
    void aFloodOfForgedItemsIsVerifiedOnlySoOften() {
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            // One address after another, each with a token of its own.
            var from = DhtProbe.endpoint("88.%d.%d.1:1".formatted(i / 250, i % 250));
            var token = node.ask(from, query(OTHER, OptionalLong.empty())).token();
            var forged =
                    new Item.Mutable(
                            KEY.publicKey(),
                            NO_SALT,
                            i,
                            value("forged"),
                            ByteString.of(new byte[64]));
            node.send(from, new KrpcQuery.Put(header(), token, OptionalLong.empty(), forged));
            refused += node.lastError(from).code() == KrpcError.SERVER ? 1 : 0;
        }

        assertThat(refused).isEqualTo(1_000 - StoredItems.VERIFIED_BURST);
        node.advance(Duration.ofSeconds(1));
        assertThat(put(version(1, "genuine"))).isEmpty();
    }

    @Test
    void theLargestAnswerPassesEveryPath() {
        for (int i = 0; i < 20; i++) {
            node.knows("9.8.%d.1:1025".formatted(i), Id.random(node.random));
            node.knows("[2001:db8:%d::1]:1025".formatted(i), Id.random(node.random));
        }
        var large = Item.Mutable.signed(KEY, NO_SALT, Long.MAX_VALUE, value("x".repeat(996)));
        assertThat(put(large)).isEmpty();
        for (int i = 0; i < 100; i++) {
            var infoHash = Id.random(node.random);
            node.peers.announce(infoHash, DhtProbe.endpoint("7.7.7.7:7"), false, 0);
        }

        var both = new Want(true, true);
        node.send(
                ASKER, new KrpcQuery.Get(longHeader(), large.target(), OptionalLong.empty(), both));
        var answer = node.lastResponse(ASKER);
        node.send(ASKER, new KrpcQuery.SampleInfohashes(longHeader(), OTHER, both));
        var samples = node.lastResponse(ASKER);

        assertThat(answer.extra()).isEqualTo(KrpcResponse.Stored.of(large));
        assertThat(answer.nodes()).anyMatch(contact -> contact.endpoint().isV4());
        assertThat(samples.nodes()).hasSize(16);
        assertThat(node.sentTo(ASKER)).allMatch(sent -> sent.length <= AnswerSize.MAX_BYTES);
    }

    @Test
    void samplesStayTheSameForAnIntervalAndSayHowLong() {
        for (int i = 0; i < 1_000; i++) {
            var infoHash = Id.random(node.random);
            node.peers.announce(infoHash, DhtProbe.endpoint("7.7.7.7:7"), false, 0);
        }

        var first = samples();
        node.advance(Duration.ofMinutes(4));
        var second = samples();
        node.advance(Duration.ofMinutes(6));
        var third = samples();

        assertThat(first.total()).isEqualTo(1_000);
        assertThat(first.infoHashes()).hasSize(50).doesNotHaveDuplicates();
        assertThat(first.intervalSeconds()).isEqualTo(600);
        assertThat(second.infoHashes()).isEqualTo(first.infoHashes());
        assertThat(second.intervalSeconds()).isEqualTo(360);
        assertThat(third.infoHashes()).isNotEqualTo(first.infoHashes());
    }

    @Test
    void whereAllFitThereIsNothingToWaitFor() {
        assertThat(samples()).isEqualTo(new KrpcResponse.Samples(0, 0, List.of()));

        node.peers.announce(OTHER, DhtProbe.endpoint("7.7.7.7:7"), false, 0);

        assertThat(samples()).isEqualTo(new KrpcResponse.Samples(0, 1, List.of(OTHER)));
    }

    private KrpcResponse.Samples samples() {
        var query = new KrpcQuery.SampleInfohashes(header(), OTHER, Want.UNSPECIFIED);
        return (KrpcResponse.Samples) node.ask(ASKER, query).extra();
    }

    private static KrpcQuery.Header header() {
        return DhtProbe.header(OTHER);
    }

    private static KrpcQuery.Header longHeader() {
        return new KrpcQuery.Header(
                ByteString.utf8("t".repeat(32)), OTHER, false, ByteString.EMPTY);
    }

    private static ByteString value(String text) {
        return ByteString.utf8(text.length() + ":" + text);
    }

    private static Item.Mutable version(long seq, String text) {
        return Item.Mutable.signed(KEY, NO_SALT, seq, value(text));
    }

    private Optional<Item> stored() {
        return get(Item.Mutable.targetOf(KEY.publicKey(), NO_SALT)).extra()
                        instanceof KrpcResponse.Stored(var item, _)
                ? item
                : Optional.empty();
    }

    private static KrpcQuery.Get query(Id target, OptionalLong seq) {
        return new KrpcQuery.Get(header(), target, seq, Want.UNSPECIFIED);
    }

    private KrpcResponse get(Id target) {
        return get(target, OptionalLong.empty());
    }

    private KrpcResponse get(Id target, OptionalLong seq) {
        return node.ask(ASKER, query(target, seq));
    }

    private Optional<Integer> put(Item item) {
        return put(item, OptionalLong.empty());
    }

    /// The error's code, or nothing when it was stored.
    private Optional<Integer> put(Item item, OptionalLong cas) {
        node.advance(Duration.ofSeconds(1)); // one address is answered only so often
        var token = get(item.target()).token();
        node.send(ASKER, new KrpcQuery.Put(header(), token, cas, item));
        return node.sent.getLast().message() instanceof KrpcError error
                ? Optional.of(error.code())
                : Optional.empty();
    }

    private static String mutableArguments(long seq, int saltBytes) {
        return "1:k32:"
                + "k".repeat(32)
                + (saltBytes == 0 ? "" : "4:salt" + saltBytes + ":" + "s".repeat(saltBytes))
                + "3:seqi"
                + seq
                + "e3:sig64:"
                + "g".repeat(64);
    }

    /// The error's code, or 0.
    private int rawPut(ByteString token, String arguments, String value) {
        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij0123456789" + arguments + "5:token8:",
                        token,
                        "1:v" + value + "e1:q3:put1:t2:aa1:y1:qe"));
        return node.sent.getLast().message() instanceof KrpcError error ? error.code() : 0;
    }
}
