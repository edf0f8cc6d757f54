package dev.starling.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.dht.PeerStore.PeerQuery;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoresTest {

    @TempDir Path root;

    private static Contact contact(int number) {
        var address =
                number % 2 == 0
                        ? IpAddress.v4(0x08000000 + number)
                        : new IpAddress(0x2001_0db8_0000_0000L, number);
        return new Contact(new Id(number, number, number), new Endpoint(address, 1 + number));
    }

    private static List<Contact> contacts(int from, int to) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            contacts.add(contact(i));
        }
        return contacts;
    }

    @Test
    void idAndContactsComeBackInOrder() throws Exception {
        try (var stores = RocksStores.open(root)) {
            assertThat(stores.nodeId()).isEmpty();
            assertThat(stores.contacts()).isEmpty();
            stores.saveNodeId(contact(7).id());
            stores.saveContacts(contacts(0, 300));
            stores.saveContacts(contacts(100, 150));
        }

        try (var stores = RocksStores.open(root)) {
            assertThat(stores.nodeId()).contains(contact(7).id());
            assertThat(stores.contacts()).isEqualTo(contacts(100, 150));
        }
    }

    @Test
    void whatWasSavedSurvivesTheDeathOfTheProcess() throws Exception {
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Dying.class.getName(),
                                root.resolve("store").toString())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(said).isEqualTo(Dying.STATUS);

        try (var stores = RocksStores.open(root.resolve("store"))) {
            assertThat(stores.nodeId()).contains(contact(1).id());
            assertThat(stores.contacts()).isEqualTo(contacts(0, 20));
            assertThat(stores.peers().peers()).isEqualTo(Dying.ANNOUNCES);
            var query = new PeerQuery(Dying.NOW, new Random(1));
            assertThat(stores.peers().peers(contact(3).id(), true, 100, false, query))
                    .containsExactly(contact(2).endpoint());
        }
    }

    /// Saves, announces, and is gone without closing anything.
    static final class Dying {

        static final int STATUS = 137;
        static final int ANNOUNCES = 2_000;
        static final long NOW = 1_700_000_000_000L;

        private Dying() {}

        public static void main(String[] args) throws IOException {
            var stores = RocksStores.open(Path.of(args[0]));
            stores.saveNodeId(contact(1).id());
            stores.saveContacts(contacts(0, 20));
            for (int i = 0; i < ANNOUNCES; i++) {
                stores.peers().announce(contact(3 + i).id(), contact(2).endpoint(), false, NOW);
            }
            stores.peers().commit();
            Runtime.getRuntime().halt(STATUS);
        }
    }

    @Test
    void aStoreInUseIsUnavailable() throws Exception {
        try (var stores = RocksStores.open(root)) {
            assertThatThrownBy(() -> RocksStores.open(root))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("in use");
            assertThat(stores.nodeId()).isEmpty();
        }
    }

    @Test
    void aFolderOfSomeoneElseIsLeftAlone() throws Exception {
        Files.writeString(root.resolve("thesis.txt"), "precious");

        assertThatThrownBy(() -> RocksStores.open(root))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("left alone");
        try (var files = Files.list(root)) {
            assertThat(files).containsExactly(root.resolve("thesis.txt"));
        }
    }

    @Test
    void aDamagedStoreSaysTheWayOut() throws Exception {
        var folder = root.resolve("store");
        RocksStores.open(folder).close();
        Files.writeString(folder.resolve("CURRENT"), "garbage");

        assertThatThrownBy(() -> RocksStores.open(folder))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("move the folder away or delete it");
    }

    @Test
    void aStoreOfAnotherFormatIsNotTouched() throws Exception {
        RocksStores.open(root).close();
        Files.writeString(root.resolve(StoreFolder.MARKER), "starling store 99\n");

        assertThatThrownBy(() -> RocksStores.open(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("starling store 99");
    }

    @Test
    void aClosedStoreDoesNothing() throws Exception {
        var stores = RocksStores.open(root);
        stores.close();

        stores.saveNodeId(contact(1).id());
        stores.peers().announce(contact(1).id(), contact(2).endpoint(), false, 1);
        stores.peers().expire(Long.MAX_VALUE);
        stores.close();

        assertThat(stores.nodeId()).isEmpty();
        assertThat(stores.contacts()).isEmpty();
    }
}
