package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Want;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a node that is flooded still hears.
class AcquaintancesTest {

    private static final Id OTHER = DhtProbe.id("abcdefghij0123456789");
    private static final Endpoint ASKER = DhtProbe.endpoint("88.77.66.55:4444");

    private final DhtProbe node = DhtProbe.withId(DhtProbe.id("mnopqrstuvwxyz123456"));
    private int stranger;

    /// Turns full of strangers, the last of which has had its quota.
    private void flood() {
        for (int turn = 0; turn < 100; turn++) {
            node.advance(Duration.ofMillis(1));
            for (int i = 0; i < Shedding.CROWD; i++) {
                node.send(strange(), ping());
            }
        }
        node.advance(Duration.ofMillis(1));
        for (int i = 0; i < Shedding.LEAST_QUOTA; i++) {
            node.send(strange(), ping());
        }
        node.sent.clear();
    }

    private Endpoint strange() {
        return new Endpoint(IpAddress.v4(0x0c000000 + stranger++), 6881);
    }

    private static KrpcQuery ping() {
        return new KrpcQuery.Ping(DhtProbe.header(OTHER));
    }

    @Test
    void aStrangerIsNotRead() {
        flood();

        node.send(ASKER, ping());

        assertThat(node.sentTo(ASKER)).isEmpty();
        assertThat(node.node.stats(0).served().spared().shed()).isPositive();
    }

    @Test
    void aContactOfOursIsAnswered() {
        var contact = node.knows("1.2.3.4:1025", OTHER);
        flood();

        node.send(contact.endpoint(), ping());

        assertThat(node.sentTo(contact.endpoint())).hasSize(1);
    }

    @Test
    void whoReturnedATokenIsAnswered() {
        var header = DhtProbe.header(OTHER);
        var get = new KrpcQuery.GetPeers(header, OTHER, Want.UNSPECIFIED, false, false);
        ByteString token = node.ask(ASKER, get).token();
        node.ask(ASKER, new KrpcQuery.AnnouncePeer(header, OTHER, 1, false, token, false));
        flood();

        node.send(ASKER, ping());

        assertThat(node.sentTo(ASKER)).hasSize(1);
    }

    @Test
    void anAnswerThatWeWaitForIsHeard() {
        flood();
        node.handle(new DhtInput.Ping(7, ASKER));
        var query = node.lastQuery(ASKER);

        node.answer(ASKER, query, OTHER, List.of());

        assertThat(node.events).hasSize(1).first().isInstanceOf(DhtEffect.Ponged.class);
    }
}
