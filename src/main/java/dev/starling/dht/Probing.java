package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import java.util.LinkedHashSet;
import java.util.Set;

/// Pings the contacts that our tables wish to hear of: questionable ones and newcomers (BEP 5,
/// "Routing Table").
final class Probing implements Asker {

    /// Probes under way at once. A flood of queries from invented senders makes us send no more
    /// than these in [Transactions#TIMEOUT].
    static final int MAX_UNDER_WAY = 16;

    private final ContactTables tables;
    private final Queries queries;
    private final Set<Endpoint> underWay = new LinkedHashSet<>();

    Probing(ContactTables tables, Queries queries) {
        this.tables = tables;
        this.queries = queries;
    }

    /// Pings who is due; whether there was anyone.
    boolean expire(Turn turn) {
        boolean hasPinged = false;
        for (var table : tables.all()) {
            while (underWay.size() < MAX_UNDER_WAY) {
                var next = table.nextToProbe(turn.nowNanos());
                if (next.isEmpty()) {
                    break;
                }
                probe(next.get(), turn);
                hasPinged = true;
            }
        }
        return hasPinged;
    }

    /// The table is told what came of it where every answer and every timeout is told.
    @Override
    public void answered(Answer answer, Turn turn) {
        underWay.remove(answer.from().endpoint());
    }

    @Override
    public void unanswered(Recipient recipient, Turn turn) {
        underWay.remove(recipient.endpoint());
    }

    private void probe(Contact contact, Turn turn) {
        if (underWay.add(contact.endpoint())) {
            queries.ask(new Question.Ping(), new Recipient.Known(contact), this, turn);
        }
    }
}
