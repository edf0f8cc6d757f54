package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A bootstrap node and the newcomers it hears of.
class RingKeeperTest {

    private static final int NEWCOMERS = 400;

    private final DhtProbe node = DhtProbe.bootstrap(DhtProbe.id("aaaaaaaaaaaaaaaaaaaa"), 10_000);

    private static Endpoint endpoint(int number) {
        return new Endpoint(IpAddress.v4(0x08000000 + (number << Byte.SIZE) + 1), 6881);
    }

    private Id newcomer(int number) {
        var id = Id.random(node.random);
        node.send(
                endpoint(number),
                new KrpcQuery.FindNode(DhtProbe.header(id), id, KrpcQuery.Want.UNSPECIFIED));
        return id;
    }

    /// Lets those answer who are asked and live.
    private void answerQueries(int living, List<Id> ids) {
        var sent = List.copyOf(node.sent);
        node.sent.clear();
        for (var each : sent) {
            int number = (each.to().address().v4Bits() - 0x08000000) >>> Byte.SIZE;
            if (each.message() instanceof KrpcQuery query && number < living) {
                node.answer(each.to(), query, ids.get(number), List.of());
            }
        }
    }

    private List<Id> meet(int living) {
        var ids = new ArrayList<Id>();
        for (int i = 0; i < NEWCOMERS; i++) {
            ids.add(newcomer(i));
        }
        for (int i = 0; i < 300; i++) {
            node.advance(Duration.ofMillis(50));
            answerQueries(living, ids);
        }
        return ids;
    }

    private DhtStats.Ring ring() {
        return node.stats().ring();
    }

    @Test
    void whoeverAsksIsPingedAndKeptIfItAnswers() {
        meet(300);

        assertThat(ring().contacts()).isEqualTo(300);
        assertThat(ring().capacity()).isBetween(9_000, 10_000);
    }

    @Test
    void theShareOfLivingAmongThoseToldIsMeasured() {
        var ids = meet(NEWCOMERS);
        int living = NEWCOMERS / 2;

        for (int i = 0; i < 3_000; i++) {
            node.ask(
                    endpoint(i % living),
                    new KrpcQuery.FindNode(
                            DhtProbe.header(ids.get(i % living)),
                            Id.random(node.random),
                            KrpcQuery.Want.UNSPECIFIED));
            node.sent.removeIf(sent -> !(sent.message() instanceof KrpcQuery));
            if (i % 10 == 0) {
                node.advance(Duration.ofMillis(100));
                answerQueries(living, ids);
            }
        }

        assertThat(ring().checked()).isGreaterThan(100);
        assertThat(ring().aliveShare()).isBetween(0.3, 0.95); // the dead are forgotten when found
        assertThat(ring().contacts()).isLessThan(NEWCOMERS);
    }

    @Test
    void aFloodOfInventedNewcomersIsPingedSlowly() {
        for (int i = 0; i < 20_000; i++) {
            newcomer(i);
        }
        node.sent.clear();

        node.advance(Duration.ofSeconds(1));

        long pings = node.sent.stream().filter(sent -> sent.message() instanceof KrpcQuery).count();
        assertThat(pings).isLessThan(600);
        assertThat(ring().contacts()).isZero();
    }
}
