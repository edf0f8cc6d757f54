package dev.starling.disk;

/// The threads on which all disk work and hashing happens, and the bound on bytes waiting for them.
public final class DiskWorkers implements AutoCloseable {

    /// Told when the queue has grown beyond its budget and when it has drained: pause and resume
    /// reading from the network. Called on any thread.
    public interface PressureListener {
        void pressure(boolean isHigh);
    }

    /// @param threads how many
    /// @param budgetBytes bytes of blocks waiting at which pressure is high; low again at half
    public DiskWorkers(int threads, long budgetBytes, PressureListener listener) {
        throw new UnsupportedOperationException();
    }

    /// Bytes of blocks waiting to be written and hashed.
    public long queuedBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
