package dev.starling.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metainfo.PieceSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed for real, in the middle of storing.
class StorageKillTest {

    private static final int PIECES = 600;
    private static final int ROUNDS = 2;

    @TempDir Path root;

    private static Sample sample() {
        return Sample.single("file", PIECES * Sample.PIECE_BYTES, 1);
    }

    @Test
    void whatAKilledProcessSaidWasVerifiedIsHad() throws Exception {
        var sample = sample();
        var random = new Random(7);
        var said = new PieceSet(PIECES);
        for (int round = 0; round < ROUNDS; round++) {
            runAndKill(said, 80 + random.nextInt(PIECES / 4));

            try (var harness = StorageHarness.on(sample, root)) {
                var have = harness.opened();

                assertThat(harness.seen()).hasSize(1);
                assertThat(said.hasAnyMissingFrom(have)).isFalse();
                var right = TorrentChecker.check(sample.info(), harness.folder, _ -> {});
                assertThat(have.hasAnyMissingFrom(right)).isFalse();
            }
        }
        assertThat(said.size()).isGreaterThan(150);
    }

    private void runAndKill(PieceSet said, int afterPieces) throws Exception {
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Storing.class.getName(),
                                root.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (int count = 0; count < afterPieces; count++) {
                said.add(number(lines));
            }
            assertThat(child.toHandle().destroyForcibly()).isTrue(); // Leaves its output readable.
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(".")) {
                    said.add(Integer.parseInt(line.substring(0, line.length() - 1)));
                }
            }
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static int number(BufferedReader lines) throws IOException {
        var line = lines.readLine();
        assertThat(line).as("a verified piece").endsWith(".");
        return Integer.parseInt(line.substring(0, line.length() - 1));
    }

    /// Stores what is missing as fast as it can and says each verified piece.
    static final class Storing {

        private Storing() {}

        public static void main(String[] args) {
            var sample = sample();
            var harness = StorageHarness.on(sample, Path.of(args[0]));
            var have = harness.opened();
            for (int piece = 0; piece < PIECES; piece++) {
                if (!have.contains(piece)) {
                    harness.storePiece(piece);
                    var verified = harness.await(StorageEvent.PieceVerified.class);
                    System.out.println(verified.pieceIndex() + ".");
                }
            }
        }
    }
}
