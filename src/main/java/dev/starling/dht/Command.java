package dev.starling.dht;

/// Something our owner has asked for and hears of by its handle.
interface Command {

    /// Begins; may be done at once.
    void begin(Turn turn);

    /// Tells that it never began, there being too many.
    void refuse(Turn turn);

    /// Gives up without a word.
    void cancel(Turn turn);

    void expire(Turn turn);

    long nextDeadlineNanos();

    boolean isDone();
}
