package dev.starling.node;

/// Tells when the DHT knows of a share, and what stands in the way. Called on several loops;
/// thread-safe.
final class ShareReport extends TransferReport {

    private int saidNodes = -1;

    ShareReport(Output output, Stopwatch stopwatch) {
        super(output, stopwatch);
    }

    /// An event each time; a line only when the number is news to a person.
    @Override
    public synchronized void announced(int nodes, long elapsedNanos) {
        super.announced(nodes, elapsedNanos);
        if (nodes != saidNodes) {
            saidNodes = nodes;
            say("announced to " + Units.count(nodes, "node") + " of the DHT");
        }
    }
}
