package dev.starling.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waiting for one thing that the DHT is asked to do.
public final class Waiting {

    private static final String HINT = "Name a node that runs with --bootstrap HOST:PORT.";

    private Waiting() {}

    /// Waits for it no longer than `timeout`.
    ///
    /// @param what is waited for, for a person: "the lookup"
    /// @throws Failure if it has not ended in time
    public static <T> T forResult(CompletableFuture<T> result, String what, Duration timeout)
            throws Failure, InterruptedException {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Failure(what + " has not ended within " + Units.duration(timeout), HINT, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed", e);
        }
    }

    /// That nobody was reached at all.
    public static Failure nobodyAnswered() {
        return new Failure("no node has answered", HINT);
    }
}
