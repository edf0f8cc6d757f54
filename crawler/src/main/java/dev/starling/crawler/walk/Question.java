package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Id;

/// A query of ours, before it is sent and until it is settled. Mutable; [Questions] keeps it.
final class Question {

    /// What is asked.
    enum Kind {
        FIND_NODE,
        SAMPLE,
        SCRAPE
    }

    final Asker asker;
    final Contact to;

    /// Settled when it is sent.
    Kind kind;

    /// What is asked for: a point of the keyspace, or an infohash.
    final Id target;

    /// Counts from 1, of the questions to one node for one purpose.
    final int attempt;

    long askedNanos;
    int slot = -1;
    int nonce;
    boolean isSettled;

    Question(Asker asker, Contact to, Kind kind, Id target, int attempt) {
        this.asker = asker;
        this.to = to;
        this.kind = kind;
        this.target = target;
        this.attempt = attempt;
    }
}
