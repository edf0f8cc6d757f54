package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.id.IpAddress;
import dev.starling.item.Item;
import dev.starling.item.SecretKey;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every [ItemStore] does.
public abstract class ItemStoreContract {

    protected static final long NOW = 1_700_000_000_000L;

    protected static final SecretKey KEY = SecretKey.random(new Random(1));

    private static final long LIFETIME = ItemStore.ITEM_LIFETIME_MILLIS;

    /// A new, empty store of at most so many items.
    protected abstract ItemStore store(int maxItems);

    protected static ByteString value(String text) {
        return ByteString.of(new BencodeWriter().text(text).toBytes());
    }

    protected static Item immutable(int number) {
        return new Item.Immutable(value("item " + number));
    }

    protected static Item mutable(long seq, String salt) {
        return Item.Mutable.signed(KEY, ByteString.utf8(salt), seq, value("version " + seq));
    }

    /// An address of a public network of its own for each number.
    protected static IpAddress source(int number) {
        return IpAddress.v4(0x08000000 + (number << 8) + 1);
    }

    @Test
    void itemsAreFoundAsTheyWerePut() {
        var store = store(100);
        var salted = mutable(7, "salt");

        store.put(immutable(1), source(1), NOW);
        store.put(salted, source(2), NOW);

        assertThat(store.find(immutable(1).target(), NOW)).contains(immutable(1));
        assertThat(store.find(salted.target(), NOW)).contains(salted);
        assertThat(store.find(immutable(2).target(), NOW)).isEmpty();
        assertThat(store.items()).isEqualTo(2);
    }

    @Test
    void aLaterVersionTakesThePlaceOfTheEarlier() {
        var store = store(100);
        store.put(mutable(1, ""), source(1), NOW);

        store.put(mutable(2, ""), source(1), NOW);

        assertThat(store.find(mutable(2, "").target(), NOW)).contains(mutable(2, ""));
        assertThat(store.items()).isEqualTo(1);
    }

    @Test
    void anItemIsForgottenAfterItsLifetimeUnlessItIsPutAgain() {
        var store = store(100);
        store.put(immutable(1), source(1), NOW);
        store.put(immutable(2), source(1), NOW);

        store.put(immutable(2), source(1), NOW + LIFETIME / 2);

        assertThat(store.find(immutable(1).target(), NOW + LIFETIME - 1)).isPresent();
        assertThat(store.find(immutable(1).target(), NOW + LIFETIME)).isEmpty();
        store.expire(NOW + LIFETIME);
        assertThat(store.items()).isEqualTo(1);
        assertThat(store.find(immutable(2).target(), NOW + LIFETIME)).isPresent();
    }

    @Test
    void aFullStoreForgetsTheItemPutLeastRecently() {
        var store = store(100);
        for (int i = 0; i < 100; i++) {
            store.put(immutable(i), source(i), NOW + i);
        }
        store.put(immutable(0), source(0), NOW + 100);

        store.put(immutable(100), source(100), NOW + 101);

        assertThat(store.items()).isEqualTo(100);
        assertThat(store.find(immutable(0).target(), NOW + 101)).isPresent();
        assertThat(store.find(immutable(1).target(), NOW + 101)).isEmpty();
    }

    @Test
    void aFloodFromOneNetworkPushesOutNothingButItself() {
        var store = store(100);
        for (int i = 0; i < 50; i++) {
            store.put(immutable(i), source(i), NOW);
        }

        for (int i = 1_000; i < 2_000; i++) {
            store.put(immutable(i), IpAddress.v4(0x09090900 + i % 250), NOW + 1);
        }

        assertThat(store.items()).isEqualTo(52);
        for (int i = 0; i < 50; i++) {
            assertThat(store.find(immutable(i).target(), NOW + 1)).isPresent();
        }
        assertThat(store.find(immutable(1_999).target(), NOW + 1)).isPresent();
    }

    @Test
    void whoPutsAnothersItemAgainDoesNotTakeItOver() {
        var store = store(100);
        store.put(immutable(1), source(1), NOW);

        store.put(immutable(1), source(2), NOW + 1);
        store.put(immutable(2), source(2), NOW + 2);
        store.put(immutable(3), source(2), NOW + 3);

        assertThat(store.items()).isEqualTo(3);
    }

    @Test
    void aMachineFullOfNodesHasNoShare() {
        var store = store(100);

        for (int i = 0; i < 100; i++) {
            store.put(immutable(i), IpAddress.v4(0x7f000001), NOW);
        }

        assertThat(store.items()).isEqualTo(100);
    }
}
