package dev.starling.dht;

import dev.starling.id.Endpoint;

/// One ping, for someone who wants to know.
final class PingCommand implements Command, Asker {

    private final long handle;
    private final Endpoint endpoint;
    private final Queries queries;
    private boolean isDone;

    PingCommand(DhtInput.Ping input, Queries queries) {
        this.handle = input.handle();
        this.endpoint = input.endpoint();
        this.queries = queries;
    }

    @Override
    public void begin(Turn turn) {
        queries.ask(new Question.Ping(), new Recipient.Unidentified(endpoint), this, turn);
    }

    @Override
    public void refuse(Turn turn) {
        turn.emit(new DhtEffect.PingUnanswered(handle, endpoint));
    }

    @Override
    public void cancel(Turn turn) {
        isDone = true;
    }

    @Override
    public void expire(Turn turn) {}

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        if (!isDone) {
            isDone = true;
            turn.emit(new DhtEffect.Ponged(handle, answer.from(), answer.rttNanos()));
        }
    }

    @Override
    public void unanswered(Recipient recipient, Turn turn) {
        if (!isDone) {
            isDone = true;
            turn.emit(new DhtEffect.PingUnanswered(handle, endpoint));
        }
    }
}
