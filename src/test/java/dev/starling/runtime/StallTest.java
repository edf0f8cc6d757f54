package dev.starling.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.swarm.SwarmStatus;
import dev.starling.swarm.SwarmStatus.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {

    private static final DhtHealth JOINED = DhtHealth.STARTING.joined();
    private static final Download.DhtProgress NO_SEARCH = new Download.DhtProgress(0, 0, true, 0);
    private static final Download.DhtProgress THREE_SEARCHES =
            new Download.DhtProgress(3, 0, false, 0);

    @Test
    void silentBootstrapNodesAreNamedFirst() {
        var stalled = DhtHealth.STARTING.stalled(4);

        assertThat(reason(alone(), THREE_SEARCHES, stalled))
                .isEqualTo("no bootstrap node answered (4 asked)");
    }

    @Test
    void namesThatNoServerKnowsAreNamed() {
        var unresolved = DhtHealth.STARTING.stalled(0).unresolved(List.of("a.test:1", "b.test:2"));

        assertThat(reason(alone(), NO_SEARCH, unresolved))
                .isEqualTo("no name server knows a.test:1, b.test:2");
    }

    @Test
    void searchesThatFoundNobodyAreCounted() {
        assertThat(reason(alone(), THREE_SEARCHES, JOINED))
                .isEqualTo("no peers found in 3 searches of the DHT");
    }

    @Test
    void nothingIsSaidWhileTheFirstSearchMayStillSucceed() {
        assertThat(Stall.of(new Stall.Facts(alone(), NO_SEARCH, JOINED, false))).isEmpty();
        assertThat(Stall.of(new Stall.Facts(alone(), NO_SEARCH, DhtHealth.STARTING, false)))
                .isEmpty();
    }

    @Test
    void unreachablePeersAreCounted() {
        var status = status(Stage.FETCHING_METADATA, 12, 0, 9);

        assertThat(reason(status, THREE_SEARCHES, JOINED))
                .isEqualTo("12 peers found, none reachable (9 tried)");
    }

    @Test
    void privateTorrentAsksForPeersByHand() {
        var stall = Stall.of(new Stall.Facts(alone(), NO_SEARCH, JOINED, true)).orElseThrow();

        assertThat(stall.reason()).contains("private");
        assertThat(stall.hint()).contains("--peer");
    }

    @Test
    void connectedPeersWithoutMetadataAreCounted() {
        var status = status(Stage.FETCHING_METADATA, 3, 1, 0);

        assertThat(reason(status, THREE_SEARCHES, JOINED))
                .isEqualTo("1 peer connected, none of which sends the torrent's metadata");
    }

    @Test
    void chokingPeersAreCounted() {
        var status = status(Stage.DOWNLOADING, 3, 2, 0);

        assertThat(reason(status, THREE_SEARCHES, JOINED))
                .isEqualTo("2 peers connected, none of which lets us download now");
    }

    @Test
    void seedsAndStoppedDownloadsNeverStall() {
        for (var stage : List.of(Stage.SEEDING, Stage.STOPPED, Stage.OPENING_STORAGE)) {
            var facts = new Stall.Facts(status(stage, 0, 0, 0), THREE_SEARCHES, JOINED, false);

            assertThat(Stall.of(facts)).as("%s", stage).isEmpty();
        }
    }

    @Test
    void stallIsToldOnceAndItsEndToo() {
        var told = new ArrayList<String>();
        var watch = new StallWatch(listener(told), 0);
        var facts = new Stall.Facts(alone(), THREE_SEARCHES, JOINED, false);
        long patience = StallWatch.PATIENCE.toNanos();

        watch.look(facts, patience - 1);
        watch.look(facts, patience);
        watch.look(facts, 2 * patience);
        watch.look(
                new Stall.Facts(status(Stage.DOWNLOADING, 1, 1, 0), THREE_SEARCHES, JOINED, false),
                3 * patience);

        assertThat(told).containsExactly("no peers found in 3 searches of the DHT", "resumed");
    }

    private static String reason(SwarmStatus swarm, Download.DhtProgress search, DhtHealth health) {
        return Stall.of(new Stall.Facts(swarm, search, health, false)).orElseThrow().reason();
    }

    private static SwarmStatus alone() {
        return status(Stage.FETCHING_METADATA, 0, 0, 0);
    }

    private static SwarmStatus status(Stage stage, int known, int connected, int unreachable) {
        return new SwarmStatus(
                stage,
                known,
                known,
                connected,
                0,
                0,
                unreachable,
                0,
                0,
                0,
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

    private static DownloadListener listener(List<String> told) {
        return new DownloadListener() {
            @Override
            public void stalled(String reason, String hint) {
                told.add(reason);
            }

            @Override
            public void resumed() {
                told.add("resumed");
            }
        };
    }
}
