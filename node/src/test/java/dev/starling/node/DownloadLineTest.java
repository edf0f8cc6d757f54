package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.runtime.Download.DhtProgress;
import dev.starling.swarm.SwarmStatus;
import dev.starling.swarm.SwarmStatus.Stage;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class DownloadLineTest {

    private static final DhtProgress DHT = new DhtProgress(2, 12, true, 0);

    private final Output output =
            new Output(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(new StringWriter()),
                    new Output.Mode(false, true, false));

    @Test
    void eachStageSaysWhatItWaitsFor() {
        assertThat(DownloadLine.of(fetching(0, 0, 0, 0), DHT, 0, output))
                .isEqualTo("joining the DHT: no node has answered yet");
        assertThat(DownloadLine.of(fetching(0, 0, 0, 0), DHT, 34, output))
                .isEqualTo(
                        "looking for peers: asked the DHT 2 times through 34 contacts, none found yet");
        assertThat(DownloadLine.of(fetching(12, 7, 0, 0), DHT, 34, output))
                .isEqualTo("found 12 peers, tried 7, none reachable yet");
        assertThat(DownloadLine.of(fetching(12, 7, 3, 0), DHT, 34, output))
                .isEqualTo("connected to 3 of 12 peers, waiting for the metadata");
        assertThat(DownloadLine.of(fetching(12, 7, 3, 5), DHT, 34, output))
                .isEqualTo("metadata: 1 of 5 blocks from 3 peers");
    }

    @Test
    void oneOfAKindIsNoPlural() {
        assertThat(DownloadLine.of(fetching(1, 1, 0, 0), DHT, 1, output))
                .isEqualTo("found 1 peer, tried 1, none reachable yet");
        assertThat(DownloadLine.of(fetching(1, 1, 1, 2), DHT, 1, output))
                .isEqualTo("metadata: 1 of 2 blocks from 1 peer");
    }

    @Test
    void theBarShowsRatePeersPiecesAndTimeLeft() {
        var status = downloading(1L << 28, 1L << 30, 64 << 20);

        assertThat(DownloadLine.of(status, DHT, 34, output))
                .isEqualTo(
                        "━━━━━━━━━━━━━━━━━━  25 %  256 MiB of 1.00 GiB  64.0 MiB/s"
                                + "  12.0 s left  4 peers");
    }

    @Test
    void aBarThatDoesNotMoveSaysWhy() {
        assertThat(DownloadLine.of(downloading(0, 1 << 30, 0), DHT, 34, output))
                .contains("  nothing is coming  ");
    }

    private static SwarmStatus fetching(int known, int tried, int connected, int blocks) {
        return new SwarmStatus(
                Stage.FETCHING_METADATA,
                known,
                tried,
                connected,
                0,
                0,
                0,
                0,
                blocks > 0 ? 1 : 0,
                blocks,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    private static SwarmStatus downloading(long have, long wanted, double rate) {
        return new SwarmStatus(
                Stage.DOWNLOADING,
                12,
                7,
                4,
                2,
                1,
                0,
                0,
                5,
                5,
                256,
                1024,
                have,
                wanted,
                have,
                0,
                0,
                rate,
                0);
    }
}
