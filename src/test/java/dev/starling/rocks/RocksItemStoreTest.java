package dev.starling.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.ItemStore;
import dev.starling.dht.ItemStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksItemStoreTest extends ItemStoreContract {

    private static final long LIFETIME = ItemStore.ITEM_LIFETIME_MILLIS;

    @TempDir Path root;

    private final List<RocksStores> opened = new ArrayList<>();

    @Override
    protected ItemStore store(int maxItems) {
        return open(maxItems).items();
    }

    private RocksStores open(int maxItems) {
        try {
            var stores = RocksStores.open(root.resolve("store"), 10, maxItems);
            opened.add(stores);
            return stores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void closeStores() {
        opened.forEach(RocksStores::close);
    }

    @Test
    void itemsComeBackWithTheirOriginalTime() {
        try (var stores = open(100)) {
            stores.items().put(immutable(1), source(1), NOW);
            stores.items().put(mutable(3, "salt"), source(2), NOW + 5);
        }

        var again = store(100);

        assertThat(again.items()).isEqualTo(2);
        assertThat(again.find(immutable(1).target(), NOW + LIFETIME - 1)).contains(immutable(1));
        assertThat(again.find(immutable(1).target(), NOW + LIFETIME)).isEmpty();
        assertThat(again.find(mutable(3, "salt").target(), NOW + LIFETIME))
                .contains(mutable(3, "salt"));
        again.expire(NOW + LIFETIME);
        assertThat(again.items()).isEqualTo(1);
    }

    @Test
    void itemsSurviveTheDeathOfTheProcessWithTheirOriginalTime() throws IOException {
        var items = open(100).items();
        items.put(immutable(1), source(1), NOW);
        items.put(mutable(3, "salt"), source(2), NOW);

        copyFiles(root.resolve("store"), root.resolve("left")); // what a killed process leaves

        try (var stores = RocksStores.open(root.resolve("left"), 10, 100)) {
            assertThat(stores.items().find(immutable(1).target(), NOW + LIFETIME - 1))
                    .contains(immutable(1));
            assertThat(stores.items().find(mutable(3, "salt").target(), NOW + LIFETIME - 1))
                    .contains(mutable(3, "salt"));
            assertThat(stores.items().find(immutable(1).target(), NOW + LIFETIME)).isEmpty();
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    @Test
    void whatWasForgottenStaysForgotten() {
        try (var stores = open(10)) {
            for (int i = 0; i < 20; i++) {
                stores.items().put(immutable(i), source(i), NOW + i);
            }
        }

        var again = store(10);

        assertThat(again.items()).isEqualTo(10);
        assertThat(again.find(immutable(9).target(), NOW + 20)).isEmpty();
        assertThat(again.find(immutable(10).target(), NOW + 20)).isPresent();
    }

    @Test
    void aSmallerStoreKeepsTheLatest() {
        try (var stores = open(100)) {
            for (int i = 0; i < 20; i++) {
                stores.items().put(immutable(i), source(i), NOW + i);
            }
        }

        var again = store(5);

        assertThat(again.items()).isEqualTo(5);
        assertThat(again.find(immutable(19).target(), NOW + 20)).isPresent();
    }
}
