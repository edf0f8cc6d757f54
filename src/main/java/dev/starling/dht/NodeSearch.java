package dev.starling.dht;

/// A search for the nodes closest to a target, for someone who wants to know.
final class NodeSearch extends SearchCommand {

    private final long handle;

    NodeSearch(DhtInput.FindNode input, Searches searches, Bootstrap bootstrap) {
        super(
                input.target(),
                Search.Plan.forNodes(input.target(), Search.Plan.EAGER_ALPHA),
                searches,
                bootstrap);
        this.handle = input.handle();
    }

    @Override
    public void answered(Answer answer, Turn turn) {}

    @Override
    void tell(Search.Result result, Turn turn) {
        turn.emit(
                new DhtEffect.LookupEnded(
                        handle, result.outcome(), result.closest(), 0, result.trace()));
    }
}
