package dev.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bench.load.Questions.Question;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadSlotsTest {

    private final LoadSlots slots = new LoadSlots(2);
    private LoadNodes nodes;
    private Question question;

    @BeforeEach
    void openOneNode() throws Exception {
        var loopback = InetAddress.getByAddress(IpAddress.v4(0x7f000001).toBytes());
        nodes = new LoadNodes(1, new InetSocketAddress(loopback, 9), new Random(1));
        question = new Question(nodes.all.getFirst(), LoadMix.Kind.PING, Id.ZERO);
    }

    @AfterEach
    void close() throws Exception {
        nodes.close();
    }

    @Test
    void aQueryEndsOnceByItsTransaction() {
        int transaction = slots.open(question, 5);

        assertThat(slots.dueNanos(transaction)).isEqualTo(5);
        assertThat(slots.close(transaction)).contains(question);
        assertThat(slots.close(transaction)).isEmpty();
        assertThat(slots.isEmpty()).isTrue();
    }

    @Test
    void anAnswerTooLateIsNotTakenForTheNextQuerys() {
        int late = slots.open(question, 5);
        assertThat(slots.expire(6)).isEqualTo(1);

        int next = slots.open(question, 7);

        assertThat(next).isNotEqualTo(late);
        assertThat(slots.close(late)).isEmpty();
        assertThat(slots.close(next)).isPresent();
    }

    @Test
    void transactionsOfStrangersAreNobodys() {
        slots.open(question, 1);

        for (int transaction : new int[] {-1, 0, Integer.MIN_VALUE, 0x7fffffff, 0x00010000}) {
            assertThat(slots.close(transaction)).isEmpty();
        }
        assertThat(slots.count()).isEqualTo(1);
    }
}
