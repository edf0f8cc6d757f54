package dev.starling.bench.conformance;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.item.SecretKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Stored items (BEP 44).
final class ItemChecks {

    private static final int PROTOCOL_ERROR = 203;
    private static final int TOO_BIG = 205;
    private static final int INVALID_SIGNATURE = 206;
    private static final int SALT_TOO_BIG = 207;
    private static final int CAS_MISMATCH = 301;
    private static final int SEQUENCE_TOO_LOW = 302;
    private static final ByteString NO_SALT = ByteString.EMPTY;

    private ItemChecks() {}

    static List<Check> all() {
        return List.of(
                check("get of the unknown: a token and no v", ItemChecks::unknown),
                check("get without target: error 203", ItemChecks::noTarget),
                check("an immutable item is accepted", s -> stores(s, "Hello World!")),
                check("a number", s -> stores(s, 42)),
                check("a list", s -> stores(s, List.of(1, "two"))),
                check("a dictionary", s -> stores(s, new TreeMap<>(Map.of("a", 1, "b", "c")))),
                check("1,000 bytes", s -> stores(s, "x".repeat(996))),
                check("1,001 bytes: error 205", s -> raw(s, "997:" + "x".repeat(997), TOO_BIG)),
                check(
                        "unsorted keys in v: error 203",
                        s -> raw(s, "d1:bi1e1:ai2ee", PROTOCOL_ERROR)),
                check("put without v: error 203", ItemChecks::noValue),
                check("put without a token: error 203", ItemChecks::noToken),
                check("with another address's token: error 203", ItemChecks::stolenToken),
                check("a mutable item is accepted, with k, seq, sig, v", s -> mutable(s, NO_SALT)),
                check("one with a salt", s -> mutable(s, ByteString.utf8("foobar"))),
                check("one with a salt of 64 bytes", s -> mutable(s, salt(64))),
                check("a salt of 65 bytes: error 207", ItemChecks::longSalt),
                check("the salt is not sent back", ItemChecks::saltIsSecret),
                check("salts keep items apart", ItemChecks::saltsApart),
                check("an empty salt is none", ItemChecks::emptySalt),
                check("the BEP's first test vector is accepted", s -> vector(s, false)),
                check("the BEP's second, with salt", s -> vector(s, true)),
                check("a broken signature: error 206", ItemChecks::brokenSignature),
                check("another's key: error 206", ItemChecks::othersKey),
                check("get with an older seq: the whole item", s -> known(s, -1, true)),
                check("get with the same seq: only the seq", s -> known(s, 0, false)),
                check("get with a newer seq: only the seq", s -> known(s, 1, false)),
                check("a newer version takes the place of the old", ItemChecks::newer),
                check("an older one: error 302", s -> again(s, 4, "other", SEQUENCE_TOO_LOW)),
                check(
                        "the same seq, another v: error 302",
                        s -> again(s, 5, "other", SEQUENCE_TOO_LOW)),
                check("the same once more is accepted", s -> again(s, 5, "value", 0)),
                check("cas of the stored seq is accepted", s -> cas(s, 5, 0)),
                check("an older cas: error 301", s -> cas(s, 4, CAS_MISMATCH)),
                check("a newer cas: error 301", s -> cas(s, 7, CAS_MISMATCH)),
                check("cas where nothing is stored is ignored", ItemChecks::casOfNothing),
                check("a negative seq: error 203", ItemChecks::negativeSeq),
                check("the highest seq is accepted", ItemChecks::highestSeq),
                check("k without seq and sig: error 203", s -> half(s, "seq", "sig")),
                check("k and sig without seq: error 203", s -> half(s, "seq")),
                check("k and seq without sig: error 203", s -> half(s, "sig")),
                check("such a put hides no item", ItemChecks::masks),
                check("a key of 31 bytes: error 203", ItemChecks::shortKey),
                check("an answer with an item passes every path", ItemChecks::fits),
                check("contacts come with an item", ItemChecks::contacts));
    }

    private static Check check(String behaviour, Check.Test test) {
        return new Check("44", behaviour, test);
    }

    private static Packet get(Id target) {
        return Packet.query("get").with("target", target);
    }

    private static ByteString token(Session s, Id target) throws CannotTell {
        return s.me().ask(get(target))
                .text("token")
                .orElseThrow(() -> CannotTell.failed("get gives no token"));
    }

    private static Packet put(Session s, Item item) throws CannotTell {
        var packet =
                Packet.query("put")
                        .with("token", token(s, item.target()))
                        .with("v", raw(item.value()));
        if (item instanceof Item.Mutable mutable) {
            packet.with("k", mutable.key().bytes())
                    .with("seq", mutable.seq())
                    .with("sig", mutable.signature());
            if (!mutable.salt().isEmpty()) {
                packet.with("salt", mutable.salt());
            }
        }
        return packet;
    }

    private static Packet.Raw raw(ByteString value) {
        return new Packet.Raw(new String(value.toBytes(), StandardCharsets.ISO_8859_1));
    }

    private static Item.Mutable version(SecretKey key, ByteString salt, long seq, String value) {
        return Item.Mutable.signed(key, salt, seq, Packet.encoded(value));
    }

    private static SecretKey newKey(Session s) {
        return SecretKey.random(s.random());
    }

    private static ByteString salt(int length) {
        return ByteString.utf8("s".repeat(length));
    }

    /// Puts an item that must be taken.
    private static void store(Session s, Item item) throws CannotTell {
        var reply = s.me().ask(put(s, item));
        if (!reply.isResponse()) {
            throw CannotTell.failed("put got " + reply);
        }
    }

    private static Verdict refused(Reply reply, int code) {
        return Verdict.of(code == 0 ? reply.isResponse() : reply.isError(code), reply);
    }

    private static Verdict unknown(Session s) throws CannotTell {
        var reply = s.me().ask(get(s.randomId()));
        return Verdict.of(reply.isResponse() && reply.has("token") && !reply.has("v"), reply);
    }

    private static Verdict noTarget(Session s) throws CannotTell {
        return refused(s.me().ask(Packet.query("get")), PROTOCOL_ERROR);
    }

    private static Verdict stores(Session s, Object value) throws CannotTell {
        var item = new Item.Immutable(Packet.encoded(value));
        store(s, item);
        var found = s.me().ask(get(item.target())).encoded("v");
        return Verdict.of(found.isPresent() && found.get().equals(item.value()), found);
    }

    private static Verdict raw(Session s, String value, int code) throws CannotTell {
        var packet =
                Packet.query("put")
                        .with("token", token(s, s.randomId()))
                        .with("v", new Packet.Raw(value));
        return refused(s.me().ask(packet), code);
    }

    private static Verdict noValue(Session s) throws CannotTell {
        var packet = Packet.query("put").with("token", token(s, s.randomId()));
        return refused(s.me().ask(packet), PROTOCOL_ERROR);
    }

    private static Verdict noToken(Session s) throws CannotTell {
        var item = new Item.Immutable(Packet.encoded("no token " + s.randomId()));
        var reply = s.me().ask(put(s, item).without("token"));
        boolean isStored = s.me().ask(get(item.target())).has("v");
        return isStored ? new Verdict.Fails("stored") : refused(reply, PROTOCOL_ERROR);
    }

    private static Verdict stolenToken(Session s) throws CannotTell {
        var item = new Item.Immutable(Packet.encoded("stolen " + s.randomId()));
        return refused(s.another().ask(put(s, item)), PROTOCOL_ERROR);
    }

    private static Verdict mutable(Session s, ByteString salt) throws CannotTell {
        var item = version(newKey(s), salt, 5, "value");
        store(s, item);
        var reply = s.me().ask(get(item.target()));
        boolean isWhole =
                reply.text("k").filter(item.key().bytes()::equals).isPresent()
                        && reply.text("sig").filter(item.signature()::equals).isPresent()
                        && reply.encoded("v").filter(item.value()::equals).isPresent()
                        && reply.number("seq").orElse(-1) == item.seq();
        return Verdict.of(isWhole, reply);
    }

    private static Verdict longSalt(Session s) throws CannotTell {
        return refused(s.me().ask(put(s, version(newKey(s), salt(65), 1, "x"))), SALT_TOO_BIG);
    }

    private static Verdict saltIsSecret(Session s) throws CannotTell {
        var item = version(newKey(s), salt(6), 1, "x");
        store(s, item);
        return Verdict.of(!s.me().ask(get(item.target())).has("salt"), "it is");
    }

    private static Verdict saltsApart(Session s) throws CannotTell {
        var key = newKey(s);
        store(s, version(key, salt(1), 1, "one"));
        store(s, version(key, salt(2), 1, "two"));
        var found = s.me().ask(get(version(key, salt(1), 1, "").target())).encoded("v");
        return Verdict.of(found.filter(Packet.encoded("one")::equals).isPresent(), found);
    }

    private static Verdict emptySalt(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 1, "x");
        var reply = s.me().ask(put(s, item).with("salt", ""));
        return Verdict.of(reply.isResponse() && s.me().ask(get(item.target())).has("v"), reply);
    }

    private static Verdict vector(Session s, boolean isSalted) throws CannotTell {
        var key =
                PublicKey.parseHex(
                                "77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548")
                        .orElseThrow();
        String signature =
                isSalted
                        ? "6834284b6b24c3204eb2fea824d82f88883a3d95e8b4a21b8c0ded553d17d17d"
                                + "df9a8a7104b1258f30bed3787e6cb896fca78c58f8e03b5f18f14951a87d9a08"
                        : "305ac8aeb6c9c151fa120f120ea2cfb923564e11552d06a5d856091e5e853cff"
                                + "1260d3f39e4999684aa92eb73ffd136e6f4f3ecbfda0ce53a1608ecd7ae21f01";
        var item =
                new Item.Mutable(
                        key,
                        isSalted ? ByteString.utf8("foobar") : NO_SALT,
                        1,
                        Packet.encoded("Hello World!"),
                        ByteString.of(HexFormat.of().parseHex(signature)));
        store(s, item);
        return Verdict.of(s.me().ask(get(item.target())).has("v"), "not found again");
    }

    private static Verdict brokenSignature(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 1, "x");
        byte[] broken = item.signature().toBytes();
        broken[7] ^= 1;
        return refused(
                s.me().ask(put(s, item).with("sig", ByteString.of(broken))), INVALID_SIGNATURE);
    }

    private static Verdict othersKey(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 1, "x");
        var other = newKey(s).publicKey();
        // A node may tie its tokens to what was asked for.
        var token = token(s, Item.Mutable.targetOf(other, NO_SALT));
        return refused(
                s.me().ask(put(s, item).with("k", other.bytes()).with("token", token)),
                INVALID_SIGNATURE);
    }

    private static Verdict known(Session s, int offset, boolean isSent) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 5, "value");
        store(s, item);
        var reply = s.me().ask(get(item.target()).with("seq", item.seq() + offset));
        boolean hasAll = reply.has("k") && reply.has("v") && reply.has("sig");
        boolean hasAny = reply.has("k") || reply.has("v") || reply.has("sig");
        return Verdict.of(
                reply.isResponse() && (isSent ? hasAll : !hasAny && reply.has("seq")), reply);
    }

    private static Verdict newer(Session s) throws CannotTell {
        var key = newKey(s);
        store(s, version(key, NO_SALT, 5, "old"));
        var item = version(key, NO_SALT, 6, "new");
        store(s, item);
        var found = s.me().ask(get(item.target())).encoded("v");
        return Verdict.of(found.filter(item.value()::equals).isPresent(), found);
    }

    private static Verdict again(Session s, long seq, String value, int code) throws CannotTell {
        var key = newKey(s);
        store(s, version(key, NO_SALT, 5, "value"));
        return refused(s.me().ask(put(s, version(key, NO_SALT, seq, value))), code);
    }

    private static Verdict cas(Session s, long cas, int code) throws CannotTell {
        var key = newKey(s);
        store(s, version(key, NO_SALT, 5, "value"));
        var next = put(s, version(key, NO_SALT, 6, "next")).with("cas", cas);
        return refused(s.me().ask(next), code);
    }

    private static Verdict casOfNothing(Session s) throws CannotTell {
        return refused(s.me().ask(put(s, version(newKey(s), NO_SALT, 6, "x")).with("cas", 3)), 0);
    }

    private static Verdict negativeSeq(Session s) throws CannotTell {
        return refused(s.me().ask(put(s, version(newKey(s), NO_SALT, -1, "x"))), PROTOCOL_ERROR);
    }

    private static Verdict highestSeq(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, Long.MAX_VALUE, "x");
        store(s, item);
        var reply = s.me().ask(get(item.target()));
        return Verdict.of(reply.number("seq").orElse(0) == Long.MAX_VALUE, reply);
    }

    private static Verdict half(Session s, String... missing) throws CannotTell {
        UnaryOperator<Packet> strip =
                packet -> {
                    for (String argument : missing) {
                        packet.without(argument);
                    }
                    return packet;
                };
        var item = version(newKey(s), NO_SALT, 1, "half");
        return refused(s.me().ask(strip.apply(put(s, item))), PROTOCOL_ERROR);
    }

    private static Verdict masks(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 1, "half " + s.randomId());
        s.me().find(put(s, item).without("seq").without("sig"));
        return Verdict.of(
                !s.me().ask(get(item.target())).has("v"), "stored under the key's target");
    }

    private static Verdict shortKey(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 1, "x");
        return refused(s.me().ask(put(s, item).with("k", salt(31))), PROTOCOL_ERROR);
    }

    private static Verdict fits(Session s) throws CannotTell {
        var item = version(newKey(s), NO_SALT, 1, "x".repeat(990));
        store(s, item);
        var reply = s.me().ask(get(item.target()).with("want", List.of("n4", "n6")));
        return Verdict.of(
                reply.has("v") && reply.lengthBytes() <= QueryChecks.MAX_ANSWER_BYTES,
                reply.lengthBytes() + " bytes");
    }

    private static Verdict contacts(Session s) throws CannotTell {
        TableChecks.introduce(s);
        var item = new Item.Immutable(Packet.encoded("contacts"));
        store(s, item);
        var reply = s.me().ask(get(item.target()));
        return Verdict.of(reply.has("v") && !reply.nodes().isEmpty(), reply);
    }
}
