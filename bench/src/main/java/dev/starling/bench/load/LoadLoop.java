package dev.starling.bench.load;

import dev.starling.bench.load.Questions.Question;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Asks, takes the answers and answers what the target asks in turn, all on the calling thread.
///
/// Either so many queries are always on their way, or they are sent at a fixed rate whatever comes
/// back; then a latency counts from when the query was due, so that a target that stalls cannot
/// hide the queries it held up.
final class LoadLoop {

    /// How often what is lost is looked for, and whether time is up.
    private static final long TICK_NANOS = 20_000_000L;

    private static final int MAX_DATAGRAM_BYTES = 4_096;

    /// Datagrams read of one socket before the next one's turn.
    private static final int READS_PER_SOCKET = 64;

    private final Selector selector;
    private final QueryWriter writer = new QueryWriter();
    private final ReplyReader reader = new ReplyReader();
    private final ByteBuffer inbox = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[] datagram = new byte[MAX_DATAGRAM_BYTES];
    private final LoadSlots slots;
    private final boolean isEcho;
    private Questions questions = Nothing.LEFT;
    private LoadCount count = new LoadCount();

    /// How hard to ask.
    ///
    /// @param inFlight queries on their way at most
    /// @param perSecond queries a second, or 0 to keep `inFlight` on their way
    /// @param restMillis how long to sleep between sending at a fixed rate, which spares the
    ///   processor but makes latencies that much coarser; 0 for not at all
    record Pace(int inFlight, long perSecond, int restMillis) {
        Pace(int inFlight, long perSecond) {
            this(inFlight, perSecond, 0);
        }
    }

    private enum Nothing implements Questions {
        LEFT;

        @Override
        public Optional<Question> next() {
            return Optional.empty();
        }

        @Override
        public boolean isEnded() {
            return true;
        }
    }

    LoadLoop(Selector selector, int maxInFlight, boolean isEcho) {
        this.selector = selector;
        this.slots = new LoadSlots(maxInFlight);
        this.isEcho = isEcho;
    }

    /// Asks until time is up, or all that there was to ask is answered or lost.
    ///
    /// @param eachTick told the time since the beginning, many times a second
    LoadCount run(Questions asked, Pace pace, long durationNanos, LongConsumer eachTick)
            throws IOException {
        questions = asked;
        count = new LoadCount();
        long beginNanos = System.nanoTime();
        long tickNanos = beginNanos;
        long now = beginNanos;
        while (now - beginNanos < durationNanos && !(asked.isEnded() && slots.isEmpty())) {
            send(pace, beginNanos, now);
            wait(pace);
            now = System.nanoTime();
            if (now - tickNanos >= TICK_NANOS) {
                tickNanos = now;
                count.lost += slots.expire(now - LoadCount.LOST_AFTER_NANOS);
                eachTick.accept(now - beginNanos);
            }
        }
        return count;
    }

    private void send(Pace pace, long beginNanos, long now) throws IOException {
        if (pace.perSecond() == 0) {
            while (slots.count() < pace.inFlight() && ask(now)) {}
            return;
        }
        double nanosEach = 1e9 / pace.perSecond();
        long due = (long) ((now - beginNanos) / nanosEach);
        while (count.sent < due) {
            long dueNanos = beginNanos + (long) (count.sent * nanosEach);
            if (slots.count() >= pace.inFlight()) {
                count.sent++; // The target is so far behind that it would not see this one.
                count.lost++;
            } else if (ask(dueNanos)) {
                count.sentAfter(now - dueNanos);
            } else {
                return;
            }
        }
    }

    private boolean ask(long dueNanos) throws IOException {
        var next = questions.next();
        if (next.isEmpty()) {
            return false;
        }
        var question = next.get();
        int transaction = slots.open(question, dueNanos);
        count.sent++;
        if (!question.node().send(written(question, transaction))) {
            slots.close(transaction);
            count.lost++;
        }
        return true;
    }

    private ByteBuffer written(Question question, int transaction) {
        var self = question.node().id;
        if (isEcho) {
            return writer.echo(transaction);
        }
        return switch (question.kind()) {
            case PING -> writer.ping(self, transaction);
            case FIND_NODE -> writer.findNode(self, question.about(), transaction);
            case GET_PEERS, GET_HOT_PEERS -> writer.getPeers(self, question.about(), transaction);
            case ANNOUNCE_PEER ->
                    writer.announcePeer(self, question.about(), question.token(), transaction);
        };
    }

    private void wait(Pace pace) throws IOException {
        if (pace.perSecond() == 0) {
            selector.select(this::drain, 1);
        } else if (pace.restMillis() > 0) {
            selector.select(this::drain, pace.restMillis());
        } else {
            selector.selectNow(this::drain); // The next one is due sooner than a sleep is exact.
        }
    }

    private void drain(SelectionKey key) {
        var node = (LoadNode) key.attachment();
        try {
            for (int i = 0; i < READS_PER_SOCKET; i++) {
                inbox.clear();
                int length = node.receive(inbox);
                if (length == 0) {
                    return;
                }
                inbox.flip().get(datagram, 0, length);
                take(node, length);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void take(LoadNode node, int length) throws IOException {
        if (isEcho) {
            if (length == QueryWriter.ECHO_BYTES) {
                answered(node, inbox.getInt(0), length);
            }
            return;
        }
        switch (reader.read(datagram, length)) {
            case RESPONSE -> answered(node, reader.transaction(), length);
            case ERROR -> {
                count.errors++;
                slots.close(reader.transaction());
            }
            case QUERY -> {
                count.queriesAnswered++;
                node.send(
                        writer.answer(
                                node.id,
                                datagram,
                                reader.transactionOffset(),
                                Math.min(reader.transactionBytes(), 64)));
            }
            case NONSENSE -> count.invalid++;
        }
    }

    private void answered(LoadNode node, int transaction, int length) {
        long dueNanos = slots.dueNanos(transaction);
        var question = slots.close(transaction);
        if (question.isEmpty() || question.get().node() != node) {
            count.invalid += question.isPresent() ? 1 : 0; // Else it came after it counted as lost.
            return;
        }
        if (!isEcho && !reader.isAnswerTo(question.get().kind())) {
            count.invalid++;
            return;
        }
        count.replies++;
        count.replyBytes += length;
        count.answeredAfter(System.nanoTime() - dueNanos);
        if (isEcho) {
            return;
        }
        questions.answered(question.get(), reader);
        if (question.get().kind() == LoadMix.Kind.GET_PEERS) {
            byte[] token = reader.tokenBytes();
            if (token.length > 0) {
                questions.granted(question.get(), token);
            }
        }
    }
}
