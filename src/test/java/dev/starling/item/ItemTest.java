package dev.starling.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The test vectors of BEP 44 and BEP 46.
class ItemTest {

    private static final ByteString HELLO = ByteString.utf8("12:Hello World!");
    private static final String PUBLIC =
            "77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548";
    private static final SecretKey SECRET =
            SecretKey.parseHex(
                            "e06d3183d14159228433ed599221b80bd0a5ce8352e4bdf0262f76786ef1c74d"
                                    + "b7e7a9fea2c0eb269d61e3b38e450a22e754941ac78479d6c54e1faf6037881d")
                    .orElseThrow();

    @Test
    void mutableItemOfTheBepIsSignedAndFoundWhereItSays() {
        var item = Item.Mutable.signed(SECRET, ByteString.EMPTY, 1, HELLO);

        assertThat(item.key().hex()).isEqualTo(PUBLIC);
        assertThat(text(item)).isEqualTo("3:seqi1e1:v12:Hello World!");
        assertThat(item.target()).hasToString("4a533d47ec9c7d95b1ad75f576cffc641853b750");
        assertThat(item.signature().hex())
                .isEqualTo(
                        "305ac8aeb6c9c151fa120f120ea2cfb923564e11552d06a5d856091e5e853cff"
                                + "1260d3f39e4999684aa92eb73ffd136e6f4f3ecbfda0ce53a1608ecd7ae21f01");
        assertThat(item.isSigned()).isTrue();
    }

    @Test
    void saltIsSignedAndMovesTheTarget() {
        var item = Item.Mutable.signed(SECRET, ByteString.utf8("foobar"), 1, HELLO);

        assertThat(text(item)).isEqualTo("4:salt6:foobar3:seqi1e1:v12:Hello World!");
        assertThat(item.target()).hasToString("411eba73b6f087ca51a3795d9c8c938d365e32c1");
        assertThat(item.signature().hex())
                .isEqualTo(
                        "6834284b6b24c3204eb2fea824d82f88883a3d95e8b4a21b8c0ded553d17d17d"
                                + "df9a8a7104b1258f30bed3787e6cb896fca78c58f8e03b5f18f14951a87d9a08");
        assertThat(item.isSigned()).isTrue();
    }

    @Test
    void immutableItemLiesUnderItsHash() {
        assertThat(new Item.Immutable(HELLO).target())
                .hasToString("e5f96f6f38320f0f33959cb4d3d656452117aadb");
    }

    @Test
    void mutableTorrentsOfBep46LieWhereItSays() {
        var key =
                PublicKey.parseHex(
                                "8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e")
                        .orElseThrow();

        assertThat(Item.Mutable.targetOf(key, ByteString.EMPTY))
                .hasToString("cc3f9d90b572172053626f9980ce261a850d050b");
        assertThat(Item.Mutable.targetOf(key, ByteString.utf8("n")))
                .hasToString("59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f");
    }

    @Test
    void whateverIsChangedIsNoLongerSigned() {
        var salt = ByteString.utf8("salt");
        var item = Item.Mutable.signed(SecretKey.random(new Random(1)), salt, 7, HELLO);
        var key = item.key();
        var signature = item.signature();
        byte[] flipped = signature.toBytes();
        flipped[40] ^= 1;

        assertThat(item.isSigned()).isTrue();
        assertThat(new Item.Mutable(key, salt, 8, HELLO, signature).isSigned()).isFalse();
        assertThat(new Item.Mutable(key, ByteString.EMPTY, 7, HELLO, signature).isSigned())
                .isFalse();
        assertThat(new Item.Mutable(key, salt, 7, ByteString.utf8("1:a"), signature).isSigned())
                .isFalse();
        assertThat(new Item.Mutable(key, salt, 7, HELLO, ByteString.of(flipped)).isSigned())
                .isFalse();
        assertThat(new Item.Mutable(key, salt, 7, HELLO, ByteString.EMPTY).isSigned()).isFalse();
    }

    @Test
    void bytesThatAreNoKeyHaveSignedNothing() {
        byte[] ones = new byte[32];
        java.util.Arrays.fill(ones, (byte) -1);
        var noKey = new PublicKey(ByteString.of(ones));

        assertThat(noKey.hasSigned(new byte[3], ByteString.of(new byte[64]))).isFalse();
    }

    @Test
    void seedsAndWhatTheyExpandToAreOneKey() {
        var random = new Random(5);
        for (int i = 0; i < 10; i++) {
            var seed = SecretKey.random(random);
            var expanded = SecretKey.Expanded.of(EdwardsCurve.expand(seed.bytes()));
            byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);

            assertThat(expanded.publicKey()).isEqualTo(seed.publicKey());
            assertThat(expanded.sign(message)).isEqualTo(seed.sign(message));
            assertThat(seed.publicKey().hasSigned(message, seed.sign(message))).isTrue();
        }
    }

    @Test
    void onlyBencodeInItsOneFormIsProper() {
        assertThat(Item.isProper(ByteString.utf8("d1:ai1e1:bi2ee"))).isTrue();
        assertThat(Item.isProper(ByteString.utf8("d1:bi1e1:ai2ee"))).isFalse();
        assertThat(Item.isProper(ByteString.utf8("i01e"))).isFalse();
        assertThat(Item.isProper(ByteString.utf8("1:ab"))).isFalse();
        assertThat(Item.isProper(ByteString.EMPTY)).isFalse();
    }

    @Test
    void pointersToTorrentsAreReadBack() {
        var infoHash = new Item.Immutable(HELLO).target();

        assertThat(TorrentPointer.of(TorrentPointer.to(infoHash))).contains(infoHash);
        assertThat(TorrentPointer.of(HELLO)).isEmpty();
        assertThat(TorrentPointer.of(ByteString.utf8("d2:ih3:abce"))).isEmpty();
        assertThat(TorrentPointer.of(ByteString.EMPTY)).isEmpty();
    }

    private static String text(Item.Mutable item) {
        byte[] signed = Item.Mutable.signedBytes(item.salt(), item.seq(), item.value());
        return new String(signed, StandardCharsets.UTF_8);
    }
}
