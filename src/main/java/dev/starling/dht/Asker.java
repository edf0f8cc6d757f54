package dev.starling.dht;

import dev.starling.krpc.KrpcError;

/// Whoever has asked a question hears exactly once what came of it.
interface Asker {

    void answered(Answer answer, Turn turn);

    /// Answered with an error; to most that is as good as nothing.
    default void refused(Recipient recipient, KrpcError error, Turn turn) {
        unanswered(recipient, turn);
    }

    /// Answered with the wrong id, or not at all in time.
    void unanswered(Recipient recipient, Turn turn);
}
