package dev.starling.dht;

import dev.starling.id.Id;
import dev.starling.routing.BucketFill;
import java.util.List;

/// What a node has done since it began, and what it holds now. Counts only grow.
///
/// @param tables one for each family it speaks
public record DhtStats(
        Id id,
        Served served,
        Asked asked,
        List<Table> tables,
        Ring ring,
        Stored stored,
        DhtBounds bounds) {

    public DhtStats {
        tables = List.copyOf(tables);
    }

    /// What others asked of us.
    ///
    /// @param methods in the order of [Method]
    /// @param errors those sent at least once
    /// @param spared what got less than a full answer
    /// @param bytesReceived of all datagrams
    /// @param bytesSent of all datagrams
    public record Served(
            List<Count> methods,
            List<ErrorCount> errors,
            Spared spared,
            long bytesReceived,
            long bytesSent) {
        public Served {
            methods = List.copyOf(methods);
            errors = List.copyOf(errors);
        }
    }

    /// What got less than a full answer, and why.
    ///
    /// @param limited nothing: the source has had its answers
    /// @param shortened a short answer, as the source may be forged
    /// @param withheld nothing: even a short answer would be longer than what a forged source may
    ///   be sent
    /// @param malformed no KRPC message, or one with a mistake
    /// @param shed nothing, not even reading: there was no time for strangers
    public record Spared(long limited, long shortened, long withheld, long malformed, long shed) {}

    /// How often one method was asked for.
    ///
    /// @param answered without an error
    public record Count(Method method, long received, long answered) {}

    /// How often one error was sent.
    ///
    /// @param code as in BEP 5; 0 for any other
    public record ErrorCount(int code, long count) {}

    /// What we asked of others.
    ///
    /// @param sent by method, in its order
    /// @param refused answered by an error
    /// @param unsolicited answers and errors that no query of ours called for
    public record Asked(
            List<Sent> sent,
            long answered,
            long refused,
            long timedOut,
            long unsolicited,
            RoundTrips roundTrips) {
        public Asked {
            sent = List.copyOf(sent);
        }
    }

    public record Sent(Method method, long count) {}

    /// How full one family's table is.
    ///
    /// @param buckets the widest first
    public record Table(boolean v4, List<BucketFill> buckets) {
        public Table {
            buckets = List.copyOf(buckets);
        }

        public int contacts() {
            return buckets.stream().mapToInt(BucketFill::contacts).sum();
        }

        public int good() {
            return buckets.stream().mapToInt(BucketFill::good).sum();
        }
    }

    /// The contacts of a bootstrap node beyond its table.
    ///
    /// @param capacity how many there may be; 0 for a node that keeps none
    /// @param told how many contacts have been told to others, of the table too
    /// @param checked how many of those were asked of late whether they live
    /// @param alive how many of them answered
    public record Ring(int contacts, int capacity, long told, int checked, int alive) {

        /// The share of contacts told to others that still answers; 1 where none was checked.
        public double aliveShare() {
            return checked == 0 ? 1 : (double) alive / checked;
        }
    }

    /// What is announced to us and put into our keeping.
    public record Stored(long peers, int infoHashes, int items) {}

    /// Contacts of all tables.
    public int contacts() {
        return tables.stream().mapToInt(Table::contacts).sum();
    }
}
