package dev.starling.node.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.runtime.DhtHealth;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthTest {

    private final FakeNode node = new FakeNode();

    private List<String> problems() {
        return Health.of(node, node.stats()).problems();
    }

    @Test
    void theFirstNodeOfANetworkMayBeAlone() {
        assertThat(problems()).isEmpty();
        assertThat(Health.of(node, node.stats()).line()).isEqualTo("ok");
    }

    @Test
    void whoHasNotJoinedSaysHowFarItCame() {
        node.isFirst = false;
        assertThat(problems()).containsExactly("not joined yet");

        node.health = DhtHealth.STARTING.stalled(4);
        assertThat(problems()).containsExactly("not joined: none of 4 nodes asked has answered");

        node.health = node.health.unresolved(List.of("a.example"));
        assertThat(problems()).containsExactly("not joined: no name server knows a.example");
    }

    @Test
    void whoHasLostEveryContactIsNotHealthy() {
        node.isFirst = false;
        node.health = DhtHealth.STARTING.joined();

        assertThat(problems()).containsExactly("no contact is left");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotHealthy() {
        node.isAnswering = false;
        assertThat(problems()).containsExactly("the node does not answer");

        node.health = DhtHealth.STARTING.broken();
        assertThat(problems()).singleElement().asString().contains("by a mistake of its own");
    }

    @Test
    void everyProblemIsNamed() {
        node.isListening = false;
        node.isWritable = false;
        assertThat(Health.of(node, node.stats()).line())
                .isEqualTo("a socket is closed; the store cannot be written, see the log");

        node.isPersistent = false;
        assertThat(problems())
                .containsExactly(
                        "a socket is closed",
                        "another process holds the store, so nothing is kept");
    }
}
