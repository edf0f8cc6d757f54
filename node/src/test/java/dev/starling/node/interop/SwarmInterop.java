package dev.starling.node.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One `starling get` and several real seeders at once, good ones and a bad one.
final class SwarmInterop extends OnPrivateDht {

    /// Three such seeders need ten seconds for what the liar has too, who takes one to answer.
    private static final long HONEST_BYTES_PER_SECOND = 4 * Content.MIB;

    /// Four such seeders need eight seconds for half a gibibyte, so that one which begins late
    /// still has its part to send.
    private static final long EACH_BYTES_PER_SECOND = 16 * Content.MIB;

    @Test
    void fourSeedersAreAllUsed() throws Exception {
        var content = Content.file(lab.path("seed/four.bin"), 512 * Content.MIB, 21);
        Path torrent = lab.torrent(content);
        List<LabProcess> seeders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seeders.add(
                    rivals.libtorrentSeeder(torrent, Lab.parent(content), EACH_BYTES_PER_SECOND));
        }
        String magnet = lab.magnet(torrent);
        dht.awaitPeers(magnet, 4);

        lab.get(magnet, dht).complete(content);

        List<Long> sent = new ArrayList<>();
        for (LabProcess seeder : seeders) {
            seeder.signal("TERM");
            String ended = seeder.awaitEvent("ended", Lab.PATIENCE);
            sent.add((long) LabProcess.number(ended, "sentBytes"));
        }
        System.out.println("measured: bytes sent by each of four seeders " + sent);
        assertThat(sent).allMatch(bytes -> bytes > content.toFile().length() / 50);
    }

    @Test
    void oneOfFourSeedersSendsCorruptBlocksAndIsBannedAlone() throws Exception {
        var content = Content.file(lab.path("seed/poisoned.bin"), 128 * Content.MIB, 22);
        Path torrent = lab.torrent(content);
        Path corrupt = lab.path("corrupt/poisoned.bin");
        Files.createDirectories(Lab.parent(corrupt));
        Files.copy(content, corrupt);
        spoil(corrupt);
        for (int i = 0; i < 3; i++) {
            rivals.libtorrentSeeder(torrent, Lab.parent(content), HONEST_BYTES_PER_SECOND);
        }
        String liar = rivals.nextAddress();
        rivals.aria2Seeder(torrent, Lab.parent(corrupt));
        String magnet = lab.magnet(torrent);
        dht.awaitPeers(magnet, 4);

        var get = lab.get(magnet, dht);
        get.complete(content);

        List<String> banned = get.process().events("banned");
        assertThat(banned).hasSize(1);
        assertThat(LabProcess.text(banned.getFirst(), "address")).startsWith(liar + ":");
    }

    /// Spoils one byte in every 16 KiB block.
    private static void spoil(Path file) throws IOException {
        try (var channel =
                java.nio.channels.FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = java.nio.ByteBuffer.allocate(1);
            for (long at = 5_000; at < channel.size(); at += 16 * 1024) {
                one.clear();
                channel.read(one, at);
                one.flip();
                one.put(0, (byte) ~one.get(0));
                channel.write(one, at);
            }
        }
    }
}
