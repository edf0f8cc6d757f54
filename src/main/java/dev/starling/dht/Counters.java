package dev.starling.dht;

import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Counts what passes through a node: plain numbers, confined to the thread of whoever counts.
@SuppressWarnings("EnumOrdinal") // the arrays live no longer than the enum they are indexed by
public final class Counters {

    private static final int METHODS = Method.values().length;

    /// Codes that have a count of their own (BEP 5, BEP 44); the first counts all others.
    private static final int[] CODES = {0, 201, 202, 203, 204, 205, 206, 207, 301, 302};

    private final long[] received = new long[METHODS];
    private final long[] answered = new long[METHODS];
    private final long[] asked = new long[METHODS];
    private final long[] errors = new long[CODES.length];
    private final long[] roundTrips = new long[RoundTrips.BOUNDS_MILLIS.size() + 1];
    private long roundTripNanos;
    private long answers;
    private long refused;
    private long timedOut;
    private long unsolicited;
    private long limited;
    private long shortened;
    private long withheld;
    private long malformed;
    private long shed;
    private long bytesReceived;
    private long bytesSent;

    void received(int bytes) {
        bytesReceived += bytes;
    }

    void sent(int bytes) {
        bytesSent += bytes;
    }

    void malformed() {
        malformed++;
    }

    void shed() {
        shed++;
    }

    void limited() {
        limited++;
    }

    void shortened() {
        shortened++;
    }

    void withheld() {
        withheld++;
    }

    void queried(Method method) {
        received[method.ordinal()]++;
    }

    void answered(Method method) {
        answered[method.ordinal()]++;
    }

    void sent(KrpcError error) {
        int slot = CODES.length - 1;
        while (slot > 0 && CODES[slot] != error.code()) {
            slot--;
        }
        errors[slot]++;
    }

    void asked(KrpcQuery query) {
        asked[Method.of(query).ordinal()]++;
    }

    /// A query of ours was answered.
    void heard(long rttNanos) {
        answers++;
        roundTripNanos += rttNanos;
        int slot = 0;
        while (slot < roundTrips.length - 1
                && rttNanos > TimeUnit.MILLISECONDS.toNanos(RoundTrips.BOUNDS_MILLIS.get(slot))) {
            slot++;
        }
        roundTrips[slot]++;
    }

    void refused() {
        refused++;
    }

    void timedOut() {
        timedOut++;
    }

    void unsolicited() {
        unsolicited++;
    }

    DhtStats.Served served() {
        var methods = new ArrayList<DhtStats.Count>();
        for (var method : Method.values()) {
            int i = method.ordinal();
            methods.add(new DhtStats.Count(method, received[i], answered[i]));
        }
        var spared = new DhtStats.Spared(limited, shortened, withheld, malformed, shed);
        return new DhtStats.Served(methods, errors(), spared, bytesReceived, bytesSent);
    }

    private List<DhtStats.ErrorCount> errors() {
        var counts = new ArrayList<DhtStats.ErrorCount>();
        for (int i = 0; i < CODES.length; i++) {
            if (errors[i] > 0) {
                counts.add(new DhtStats.ErrorCount(CODES[i], errors[i]));
            }
        }
        return counts;
    }

    DhtStats.Asked asked() {
        var sent = new ArrayList<DhtStats.Sent>();
        for (var method : Method.values()) {
            sent.add(new DhtStats.Sent(method, asked[method.ordinal()]));
        }
        var counts = new ArrayList<Long>();
        for (long count : roundTrips) {
            counts.add(count);
        }
        var histogram = new RoundTrips(counts, roundTripNanos);
        return new DhtStats.Asked(sent, answers, refused, timedOut, unsolicited, histogram);
    }
}
