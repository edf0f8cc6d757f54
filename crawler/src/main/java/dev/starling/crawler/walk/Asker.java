package dev.starling.crawler.walk;

import dev.starling.krpc.KrpcResponse;

/// Whoever has a question under way. Hears of each: perhaps [#overdue], then one of the others.
interface Asker {

    /// The question is sent now: as what.
    default Question.Kind kindOf(Question question, Turn turn) {
        return question.kind;
    }

    /// The node asked has answered, under the id that was expected of it.
    void answered(Question question, KrpcResponse response, Turn turn);

    /// The node asked has answered with an error.
    void refused(Question question, Turn turn);

    /// Most would have answered by now; an answer is still taken.
    void overdue(Question question, Turn turn);

    /// No answer will be taken any more, or another node lives there.
    void lost(Question question, Turn turn);
}
