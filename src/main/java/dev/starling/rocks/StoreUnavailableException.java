package dev.starling.rocks;

import java.io.IOException;

/// The store is sound, as far as can be told, but not for us now: another process holds it, or
/// RocksDB does not run here. Whoever gets this goes on without.
public final class StoreUnavailableException extends IOException {

    private static final long serialVersionUID = 1;

    StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
