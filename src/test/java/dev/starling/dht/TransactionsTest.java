package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final Endpoint NODE = DhtProbe.endpoint("1.2.3.4:5");

    private final Transactions transactions = new Transactions(new SplittableRandom(1));

    @Test
    void aTransactionClosesOnceAndOnlyForWhomWeAsked() {
        var id = open(0);

        assertThat(transactions.close(id, DhtProbe.endpoint("1.2.3.4:6"))).isEmpty();
        assertThat(transactions.close(ByteString.utf8("none"), NODE)).isEmpty();
        assertThat(transactions.close(id, NODE)).isPresent();
        assertThat(transactions.close(id, NODE)).isEmpty();
    }

    @Test
    void whatWaitsTooLongIsOverdueInTheOrderOfAsking() {
        open(0);
        open(10);
        long timeout = Transactions.TIMEOUT.toNanos();

        assertThat(transactions.nextDeadlineNanos()).isEqualTo(timeout);
        assertThat(transactions.nextOverdue(timeout - 1)).isEmpty();
        assertThat(transactions.nextOverdue(timeout).orElseThrow().askedNanos()).isZero();
        assertThat(transactions.nextOverdue(timeout)).isEmpty();
        assertThat(transactions.nextDeadlineNanos()).isEqualTo(timeout + 10);
    }

    @Test
    void idsAreNeverTwiceInUse() {
        var ids = new HashSet<ByteString>();
        for (int i = 0; i < Transactions.MAX_PENDING; i++) {
            ids.add(open(i));
        }

        assertThat(ids).hasSize(Transactions.MAX_PENDING);
    }

    @Test
    void beyondTheBoundTheOldestIsGivenUpAndToldSo() {
        for (int i = 0; i <= Transactions.MAX_PENDING; i++) {
            open(i);
        }

        assertThat(transactions.size()).isEqualTo(Transactions.MAX_PENDING);
        assertThat(transactions.nextDeadlineNanos()).isLessThanOrEqualTo(0);
        assertThat(transactions.nextOverdue(0).orElseThrow().askedNanos()).isZero();
        assertThat(transactions.nextOverdue(0)).isEmpty();
    }

    private ByteString open(long nowNanos) {
        var recipient = new Recipient.Unidentified(NODE);
        return transactions.open(new Transactions.Pending(recipient, new Nobody(), nowNanos));
    }

    private static final class Nobody implements Asker {
        @Override
        public void answered(Answer answer, Turn turn) {}

        @Override
        public void unanswered(Recipient recipient, Turn turn) {}
    }
}
