package dev.starling.crawler.walk;

import dev.starling.id.Contact;

/// A node as one sweep of its zone knows it. Mutable; [ZoneWalk] keeps it.
final class ZoneNode {

    enum State {
        /// Named, and to be asked or being asked.
        NAMED,
        ANSWERED,
        SILENT
    }

    final Contact contact;
    final NodeRow before;
    State state = State.NAMED;

    /// How many other nodes of the zone have named it.
    int listings;

    /// Whether it took the place of one that was said to live at the same endpoint.
    boolean isSuccessor;

    int attempts;
    int underWay;

    /// The attempt that was answered, 0 for none.
    int answeredAttempt;

    boolean isSampleAsked;
    long sampleDueSeconds;

    ZoneNode(NodeRow before) {
        this.contact = before.contact();
        this.before = before;
        this.sampleDueSeconds = before.sampleDueSeconds();
    }

    /// What is remembered of it before it answers: a run that ends meanwhile still has asked it.
    NodeRow asked() {
        return new NodeRow(contact, sampleDueSeconds, before.answeredSeconds(), before.failures());
    }

    NodeRow row(long nowSeconds) {
        return state == State.ANSWERED
                ? new NodeRow(contact, sampleDueSeconds, nowSeconds, 0)
                : new NodeRow(
                        contact, sampleDueSeconds, before.answeredSeconds(), before.failures() + 1);
    }
}
