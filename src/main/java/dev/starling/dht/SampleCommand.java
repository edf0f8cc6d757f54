package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.krpc.KrpcResponse;
import java.util.List;
import java.util.Optional;

/// Asks one node for some of its infohashes (BEP 51).
final class SampleCommand implements Command, Asker {

    private final DhtInput.Sample input;
    private final Queries queries;
    private boolean isDone;

    SampleCommand(DhtInput.Sample input, Queries queries) {
        this.input = input;
        this.queries = queries;
    }

    @Override
    public void begin(Turn turn) {
        var question = new Question.SampleInfohashes(input.target());
        queries.ask(question, new Recipient.Unidentified(input.endpoint()), this, turn);
    }

    @Override
    public void refuse(Turn turn) {
        end(Optional.empty(), List.of(), turn);
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
        var samples =
                answer.extra() instanceof KrpcResponse.Samples told
                        ? Optional.of(told)
                        : Optional.<KrpcResponse.Samples>empty();
        end(samples, answer.contacts(), turn);
    }

    @Override
    public void unanswered(Recipient recipient, Turn turn) {
        end(Optional.empty(), List.of(), turn);
    }

    private void end(Optional<KrpcResponse.Samples> samples, List<Contact> contacts, Turn turn) {
        if (!isDone) {
            isDone = true;
            turn.emit(new DhtEffect.Sampled(input.handle(), input.endpoint(), samples, contacts));
        }
    }
}
