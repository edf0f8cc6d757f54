package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.concurrent.TimeUnit;

/// Keeps time for those we know when more comes than can be answered: what strangers send beyond a
/// quota of each turn is dropped before it is read.
///
/// All datagrams of one turn of the loop carry the same time, and a turn takes in what waits, up to
/// [#CROWD]. A turn that finds so many has left others waiting; then the quota of the turns to come
/// shrinks by an eighth, and it grows again slowly with each that found fewer. So the loop always
/// comes to the end of its queue, where those we know wait too: what the kernel must drop for want
/// of room it drops blindly. A burst that one turn takes in is answered whole.
///
/// Dropping costs a hash look-up at most. Whoever floods from addresses that we know has to hold
/// them, and gets no more answers than each source may have ([RateLimit]).
final class Shedding {

    /// Datagrams that the edge reads in one turn at most.
    static final int CROWD = 256;

    /// Some strangers get through whatever comes, or nobody new could ever be known.
    static final int LEAST_QUOTA = 8;

    /// Whoever has had nothing to do for so long has caught up.
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int SHRINK = 8;
    private static final int GROW = 64;

    private final Known known;
    private int quota = CROWD;
    private int inTurn;
    private long turnNanos;

    /// Tells whom we know: who has shown that it is where it says.
    interface Known {
        boolean isKnown(IpAddress source, long nowNanos);
    }

    Shedding(Known known) {
        this.known = known;
    }

    /// Whether a datagram from `source` is to be dropped.
    boolean drops(IpAddress source, long nowNanos) {
        if (nowNanos != turnNanos) {
            beginTurn(nowNanos);
        }
        inTurn++;
        return inTurn > quota && quota < CROWD && !known.isKnown(source, nowNanos);
    }

    private void beginTurn(long nowNanos) {
        if (nowNanos - turnNanos >= IDLE_NANOS) {
            quota = CROWD;
        } else if (inTurn >= CROWD) {
            quota = Math.max(LEAST_QUOTA, quota - quota / SHRINK);
        } else {
            quota = Math.min(CROWD, quota + 1 + quota / GROW);
        }
        turnNanos = nowNanos;
        inTurn = 0;
    }

    /// Datagrams of each turn that are read whoever sent them.
    int quota() {
        return quota;
    }
}
