package dev.starling.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waiting for one thing that the DHT is asked to do.
public final class Waiting {

    private Waiting() {}

    /// Waits for it no longer than `timeout`.
    ///
    /// @param what is waited for, for a person: "the lookup"
    /// @throws Failure if it has not ended in time
    public static <T> T forResult(
            CompletableFuture<T> result, String what, Duration timeout, NetworkOptions network)
            throws Failure, InterruptedException {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Failure(
                    what + " has not ended within " + Units.duration(timeout), hint(network), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed", e);
        }
    }

    /// That nobody was reached at all.
    static Failure nobodyAnswered(NetworkOptions network) {
        return new Failure("no node has answered", hint(network));
    }

    private static String hint(NetworkOptions network) {
        return network.bootstrap().isEmpty()
                ? "Is UDP let through? --bootstrap HOST:PORT names another node to begin with."
                : "Is a DHT node running at "
                        + String.join(" or ", network.bootstrap())
                        + ", and is UDP let through to it?";
    }
}
