package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A thousand clients behind one NAT, so with one address.
final class OneAddressTest {

    private static final int CLIENTS = 1_000;
    private static final int FIRST_PORT = 20_000;
    private static final IpAddress NAT = IpAddress.v4(0x05060708);

    private final DhtProbe probe = DhtProbe.v4Only(DhtProbe.id("0123456789abcdefghij"));

    @BeforeEach
    void knowSome() {
        for (int i = 1; i <= 20; i++) {
            probe.knows("1.2." + i + ".4:6881", Id.random(probe.random));
        }
    }

    /// Every client asks once within a second, evenly; gives those that got an answer.
    private Set<Endpoint> askWithinASecond(int clients) {
        probe.sent.clear();
        for (int i = 0; i < clients; i++) {
            var from = new Endpoint(NAT, FIRST_PORT + i);
            var header = DhtProbe.header(Id.random(probe.random));
            probe.send(
                    from,
                    new KrpcQuery.GetPeers(
                            header,
                            Id.random(probe.random),
                            KrpcQuery.Want.UNSPECIFIED,
                            false,
                            false));
            probe.advance(Duration.ofSeconds(1).dividedBy(clients));
        }
        var answered = new HashSet<Endpoint>();
        for (var sent : probe.sent) {
            if (sent.message() instanceof KrpcResponse) {
                answered.add(sent.to());
            }
        }
        return answered;
    }

    @Test
    void aThousandClientsBehindOneAddressAreAllAnswered() {
        for (int second = 0; second < 10; second++) {
            assertThat(askWithinASecond(CLIENTS)).as("second %d", second).hasSize(CLIENTS);
        }

        var spared = probe.stats().served().spared();
        assertThat(spared.limited()).isZero();
        assertThat(spared.withheld()).isZero();
        assertThat(spared.shortened()).isPositive();
    }

    @Test
    void beyondAThousandQueriesASecondTogetherTheyShareTheAnswers() {
        askWithinASecond(3 * CLIENTS);

        var answered = askWithinASecond(3 * CLIENTS);

        assertThat(answered.size())
                .isBetween(RateLimit.ANSWERS_PER_SECOND, RateLimit.ANSWERS_PER_SECOND + 2);
    }
}
