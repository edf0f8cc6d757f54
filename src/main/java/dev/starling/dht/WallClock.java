package dev.starling.dht;

import java.util.concurrent.TimeUnit;

/// Tells wall-clock time from machine time, for what outlives us.
///
/// @param offsetMillis milliseconds since 1970 at machine time 0
record WallClock(long offsetMillis) {

    long millis(long nowNanos) {
        return offsetMillis + TimeUnit.NANOSECONDS.toMillis(nowNanos);
    }
}
