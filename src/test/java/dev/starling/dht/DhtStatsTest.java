package dev.starling.dht;

import static dev.starling.dht.DhtProbe.bencode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.dht.DhtStats.Count;
import dev.starling.dht.DhtStats.ErrorCount;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a node counts, and the bounds its operator sets.
final class DhtStatsTest {

    private static final Id SELF = DhtProbe.id("mnopqrstuvwxyz123456");
    private static final Endpoint ASKER = DhtProbe.endpoint("88.77.66.55:4444");
    private static final byte[] PING =
            bencode("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe");

    private final DhtProbe node = DhtProbe.withId(SELF);

    private DhtStats stats() {
        return node.node.stats(node.nowMillis() * 1_000_000);
    }

    private Count count(Method method) {
        return stats().served().methods().stream()
                .filter(count -> count.method() == method)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsAskedAndAnsweredIsCountedByMethod() {
        node.receive(ASKER, PING);
        node.receive(
                ASKER,
                bencode(
                        "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456"
                                + "4:porti6881e5:token1:xe1:q13:announce_peer1:t2:aa1:y1:qe"));

        assertThat(count(Method.PING)).isEqualTo(new Count(Method.PING, 1, 1));
        assertThat(count(Method.ANNOUNCE_PEER))
                .isEqualTo(new Count(Method.ANNOUNCE_PEER, 1, 0)); // a bad token
        assertThat(stats().served().errors())
                .containsExactly(new ErrorCount(KrpcError.PROTOCOL, 1));
        assertThat(stats().served().bytesReceived()).isGreaterThan(2L * PING.length);
        assertThat(stats().served().bytesSent()).isPositive();
    }

    @Test
    void whatIsNoMessageIsCounted() {
        node.receive(ASKER, bencode("i1e"));
        node.receive(ASKER, bencode("d1:y1:r1:t4:abcd1:rd2:id20:abcdefghij0123456789ee"));

        assertThat(stats().served().spared().malformed()).isEqualTo(1);
        assertThat(stats().asked().unsolicited()).isEqualTo(1);
    }

    @Test
    void ourOwnQueriesAreCountedByWhatBecameOfThem() {
        node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));
        node.handle(new DhtInput.Ping(7, DhtProbe.endpoint("5.6.7.8:9")));
        node.advance(Transactions.TIMEOUT.plusSeconds(1));

        var asked = stats().asked();

        assertThat(asked.answered()).isEqualTo(1);
        assertThat(asked.timedOut()).isPositive();
        assertThat(asked.roundTrips().counts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1);
        assertThat(asked.sent().stream().mapToLong(DhtStats.Sent::count).sum())
                .isGreaterThanOrEqualTo(asked.answered() + asked.timedOut());
    }

    @Test
    void roundTripsFallIntoTheBucketThatBoundsThem() {
        var counters = new Counters();
        counters.heard(Duration.ofMillis(1).toNanos());
        counters.heard(Duration.ofMillis(3).toNanos());
        counters.heard(Duration.ofSeconds(9).toNanos());

        var trips = counters.asked().roundTrips();

        assertThat(trips.counts())
                .containsExactly(1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(trips.sumNanos()).isEqualTo(Duration.ofMillis(9_004).toNanos());
    }

    @Test
    void tablesAreCountedByFamilyAndBucket() {
        node.knows("1.2.3.4:1025", DhtProbe.id("0123456789abcdefghij"));

        var tables = stats().tables();

        assertThat(tables).extracting(DhtStats.Table::v4).containsExactly(true, false);
        assertThat(tables).extracting(DhtStats.Table::contacts).containsExactly(1, 0);
        assertThat(tables.getFirst().good()).isEqualTo(1);
        assertThat(stats().contacts()).isEqualTo(1);
    }

    @Test
    void theBoundOnAnswersMayChangeWhileTheNodeRuns() {
        node.handle(new DhtInput.Bound(new DhtBounds(1, 2, 10)));

        for (int i = 0; i < 5; i++) {
            node.receive(ASKER, PING);
        }

        assertThat(count(Method.PING)).isEqualTo(new Count(Method.PING, 5, 2));
        assertThat(stats().served().spared().limited()).isEqualTo(3);
        assertThat(stats().bounds()).isEqualTo(new DhtBounds(1, 2, 10));
    }

    @Test
    void theBoundOnPeersMayChangeWhileTheNodeRuns() {
        for (int i = 1; i <= 9; i++) {
            announce(i);
        }
        node.handle(new DhtInput.Bound(new DhtBounds(20, 100, 3)));

        announce(10);

        assertThat(stats().stored()).isEqualTo(new DhtStats.Stored(3, 3, 0));
    }

    private void announce(int number) {
        var infoHash = DhtProbe.id("%020d".formatted(number));
        node.peers.announce(infoHash, DhtProbe.endpoint("9.8.7." + number + ":5"), false, 0);
    }
}
