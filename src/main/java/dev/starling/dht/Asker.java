package dev.starling.dht;

/// Whoever has asked a question hears exactly once what came of it.
interface Asker {

    void answered(Answer answer, Turn turn);

    /// Answered with an error or the wrong id, or not at all in time.
    void unanswered(Recipient recipient, Turn turn);
}
