package dev.starling.bench.load;

import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// Asks for all peers whose announces were acknowledged, infohash by infohash. Where one is missing
/// or no answer comes, the next round asks again, another node of ours.
final class Recall implements Questions {

    /// An answer with so many peers may be a sample of more (BEP 5 names no figure; it is what fits
    /// a datagram).
    private static final int SAMPLE = 50;

    private final AcknowledgedAnnounces announces;
    private final List<LoadNode> nodes;
    private final LongSupplier nowMillis;

    /// What is not settled yet: the peers that were missing from the latest answer, if any came.
    private final SequencedMap<Id, Optional<Integer>> open = new LinkedHashMap<>();

    private Iterator<Id> round = List.<Id>of().iterator();
    private int turn;
    private long asked;
    private long overdue;
    private long unjudged;

    /// What a node still knew.
    ///
    /// @param asked peers it had to name
    /// @param lost of these it did not
    /// @param overdue peers it named although they had expired
    /// @param unjudged infohashes with too many peers for one answer
    /// @param unanswered infohashes of which it said nothing
    record Verdict(long asked, long lost, long overdue, long unjudged, long unanswered) {
        Verdict plus(Verdict other) {
            return new Verdict(
                    asked + other.asked,
                    lost + other.lost,
                    overdue + other.overdue,
                    unjudged + other.unjudged,
                    unanswered + other.unanswered);
        }
    }

    Recall(AcknowledgedAnnounces announces, List<LoadNode> nodes, LongSupplier nowMillis) {
        this.announces = announces;
        this.nodes = nodes;
        this.nowMillis = nowMillis;
        for (var infoHash : announces.infoHashes()) {
            int due = announces.due(infoHash, nowMillis.getAsLong()).size();
            asked += due;
            if (due > 0) {
                open.put(infoHash, Optional.empty());
            }
        }
    }

    /// Begins to ask about all that is not settled; false when there is nothing.
    boolean beginRound() {
        round = new ArrayList<>(open.keySet()).iterator();
        turn++; // so that nobody asks twice about the same
        return round.hasNext();
    }

    @Override
    public Optional<Question> next() {
        if (!round.hasNext()) {
            return Optional.empty();
        }
        turn = (turn + 1) % nodes.size();
        return Optional.of(new Question(nodes.get(turn), LoadMix.Kind.GET_PEERS, round.next()));
    }

    @Override
    public void answered(Question question, ReplyReader reply) {
        var infoHash = question.about();
        if (question.kind() != LoadMix.Kind.GET_PEERS || !open.containsKey(infoHash)) {
            return;
        }
        var named = reply.peers();
        long now = nowMillis.getAsLong();
        var missing = new ArrayList<Endpoint>(announces.due(infoHash, now));
        missing.removeAll(named);
        if (missing.isEmpty()) {
            open.remove(infoHash);
            overdue += announces.overdue(infoHash, named, now);
        } else if (named.size() >= SAMPLE) {
            open.remove(infoHash);
            unjudged++;
        } else {
            open.put(infoHash, Optional.of(missing.size()));
        }
    }

    @Override
    public boolean isEnded() {
        return !round.hasNext();
    }

    Verdict verdict() {
        long lost = 0;
        long unanswered = 0;
        for (var missing : open.values()) {
            lost += missing.orElse(0);
            unanswered += missing.isEmpty() ? 1 : 0;
        }
        return new Verdict(asked, lost, overdue, unjudged, unanswered);
    }
}
