package dev.starling.crawler.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.BencodeWriter;
import dev.starling.crawler.fetch.PaperPeers.Kind;
import dev.starling.hash.Sha1;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FetchMachineSimTest {

    private static final FetchMachine.Settings SETTINGS = new FetchMachine.Settings(500, 10 << 20);
    private static final List<Kind> BAD = List.of(Kind.values()).subList(1, Kind.values().length);

    @Test
    void metadataIsFetchedFromAPeerThatServesIt() {
        var world = new PaperPeers(1, SETTINGS);
        var infoHash = torrent(world, 1, 400);

        world.candidates(infoHash, List.of(world.peer(Kind.GOOD)));
        world.runFor(5);

        assertThat(world.fetched()).containsExactly(infoHash);
        assertThat(world.open).isZero();
    }

    @Test
    void metadataOfManyBlocksIsFetchedWhole() {
        var world = new PaperPeers(2, SETTINGS);
        var infoHash = torrent(world, 2, 300_000);

        world.candidates(infoHash, List.of(world.peer(Kind.GOOD)));
        world.runFor(20);

        assertThat(world.fetched()).containsExactly(infoHash);
    }

    @Test
    void everyKindOfBadPeerIsGotOverAsLongAsOneServes() {
        for (var kind : BAD) {
            var world = new PaperPeers(3, SETTINGS);
            var infoHash = torrent(world, 3, 20_000);

            var bad = List.of(world.peer(kind), world.peer(kind));
            world.candidates(infoHash, bad);
            world.candidates(infoHash, List.of(world.peer(Kind.GOOD)));
            world.runFor(60);

            assertThat(world.fetched()).as("%s", kind).containsExactly(infoHash);
            assertThat(world.open).as("%s", kind).isZero();
            assertThat(world.machine.stats().heldBytes()).as("%s", kind).isZero();
        }
    }

    @Test
    void badPeersAloneEndInFailureAndHoldNothing() {
        for (var kind : BAD) {
            var world = new PaperPeers(4, SETTINGS);
            var infoHash = torrent(world, 4, 20_000);

            world.candidates(infoHash, List.of(world.peer(kind)));
            world.runFor(120);

            assertThat(world.failed()).as("%s", kind).containsExactly(infoHash);
            assertThat(world.open).as("%s", kind).isZero();
            assertThat(world.machine.stats().heldBytes()).as("%s", kind).isZero();
        }
    }

    @Test
    void aLiarIsFoundByTheHashAndTriedLastFromThenOn() {
        var world = new PaperPeers(5, SETTINGS);
        var liar = world.peer(Kind.LIAR);
        var first = torrent(world, 5, 1_000);
        world.candidates(first, List.of(liar));
        world.runFor(10);
        var second = torrent(world, 6, 1_000);
        var good = world.peer(Kind.GOOD);

        world.candidates(second, List.of(liar, good));
        world.runFor(10);

        assertThat(world.machine.stats().liars()).isEqualTo(1);
        assertThat(world.calls).containsEntry(liar, 1).containsEntry(good, 1);
        assertThat(world.fetched()).containsExactly(second);
    }

    @Test
    void whatWasFetchedIsNotFetchedAgain() {
        var world = new PaperPeers(6, SETTINGS);
        var infoHash = torrent(world, 7, 1_000);
        var peer = world.peer(Kind.GOOD);
        world.candidates(infoHash, List.of(peer));
        world.runFor(10);

        world.candidates(infoHash, List.of(peer, world.peer(Kind.GOOD)));
        world.runFor(10);

        assertThat(world.fetched()).hasSize(1);
        assertThat(world.calls).containsOnlyKeys(peer);
    }

    @Test
    void theNumberOfConnectionsIsKept() {
        var world = new PaperPeers(7, new FetchMachine.Settings(20, 10 << 20));
        for (int i = 0; i < 300; i++) {
            world.candidates(torrent(world, 100 + i, 500), List.of(world.peer(Kind.GOOD)));
        }

        world.runFor(60);

        assertThat(world.mostOpen).isLessThanOrEqualTo(20);
        assertThat(world.fetched()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void tenThousandHostilePeersTakeLittleMemoryAndDoNotStopTheOthers() {
        var world = new PaperPeers(0, new FetchMachine.Settings(2_000, 10 << 20));
        var random = new SplittableRandom(0);
        var fetchable = new ArrayList<Id>();
        for (int i = 0; i < 500; i++) {
            var infoHash = torrent(world, i, 1_000);
            var peers = new ArrayList<Endpoint>();
            for (int bad = 0; bad < 20; bad++) {
                peers.add(world.peer(BAD.get(random.nextInt(BAD.size()))));
            }
            if (i % 2 == 0) {
                peers.add(random.nextInt(peers.size()), world.peer(Kind.GOOD));
                fetchable.add(infoHash);
            }
            world.candidates(infoHash, peers);
        }

        world.runFor(900);

        assertThat(world.fetched()).containsExactlyInAnyOrderElementsOf(fetchable);
        assertThat(world.mostHeld).isLessThan(128L << 20);
        assertThat(world.machine.jobs()).isZero();
        assertThat(world.open).isZero();
    }

    /// A torrent whose info dictionary has about so many bytes.
    private static Id torrent(PaperPeers world, long seed, int bytes) {
        int pieces = Math.max(1, bytes / 20);
        byte[] hashes = new byte[20 * pieces];
        new SplittableRandom(seed).nextBytes(hashes);
        byte[] info =
                new BencodeWriter()
                        .beginDictionary()
                        .key("length")
                        .integer(pieces * 16_384L)
                        .key("name")
                        .text("torrent " + seed)
                        .key("piece length")
                        .integer(16_384)
                        .key("pieces")
                        .string(hashes)
                        .end()
                        .toBytes();
        var infoHash = Id.of(Sha1.of(info));
        world.torrent(info, infoHash);
        return infoHash;
    }
}
