package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.lookup.LookupEffect.Outcome;
import dev.starling.lookup.LookupTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A search for the peers of an infohash, and the announce on the way out (BEP 5, "get_peers").
///
/// Peers are handed out as they are named, each once. We announce to each of the closest nodes as
/// soon as it is known to be one, which is long before the search ends; and afterwards to those
/// that answer late.
final class PeerSearch implements Command, Search.Listener {

    /// Peers handed out by one search; more than any client connects to.
    static final int MAX_PEERS = 5_000;

    /// How long after the search we wait for the last acknowledgements once there are some.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// How long after the search late answers may come.
    private static final Duration LATE_ANSWERS = Transactions.TIMEOUT;

    private final DhtInput.FindPeers input;
    private final LocalPeers localPeers;
    private final Searches searches;
    private final Bootstrap bootstrap;
    private final Optional<Announcer> announcer;
    private final Set<Endpoint> found = new LinkedHashSet<>();
    private @Nullable Search search;
    private long beganNanos;
    private long endedNanos = Long.MAX_VALUE;
    private boolean isTold;
    private boolean isDone;

    /// Peers that announced themselves to us.
    interface LocalPeers {
        List<Endpoint> peers(Id infoHash, long nowNanos);
    }

    /// What a peer search needs of its node.
    record Parts(LocalPeers localPeers, Searches searches, Bootstrap bootstrap, Queries queries) {}

    PeerSearch(DhtInput.FindPeers input, Parts parts) {
        this.input = input;
        this.localPeers = parts.localPeers();
        this.searches = parts.searches();
        this.bootstrap = parts.bootstrap();
        this.announcer =
                input.announce()
                        .map(what ->
                                new Announcer(
                                        token ->
                                                new Question.AnnouncePeer(
                                                        input.infoHash(), what, token),
                                        parts.queries()));
    }

    @Override
    public void begin(Turn turn) {
        beganNanos = turn.nowNanos();
        handOut(searches.self(), localPeers.peers(input.infoHash(), turn.nowNanos()), turn);
        var plan = Search.Plan.forPeers(input.infoHash());
        search = searches.start(plan, this, bootstrap.contacts(), turn);
    }

    @Override
    public void refuse(Turn turn) {
        beganNanos = turn.nowNanos();
        var trace = new LookupTrace(input.infoHash(), turn.nowNanos(), List.of());
        ended(new Search.Result(Outcome.CANCELLED, List.of(), trace), turn);
    }

    @Override
    public void cancel(Turn turn) {
        isDone = true;
        if (search != null) {
            search.cancel(turn);
        }
    }

    @Override
    public void answered(Answer answer, Turn turn) {
        if (!isDone) {
            announcer.ifPresent(a -> a.learn(answer));
            handOut(answer.from(), answer.peers(), turn);
        }
    }

    @Override
    public void settled(Contact contact, Turn turn) {
        if (!isDone) {
            announcer.ifPresent(a -> a.announceTo(contact, turn));
        }
    }

    @Override
    public void familyEnded(List<Contact> closest, Turn turn) {}

    @Override
    public void ended(Search.Result result, Turn turn) {
        if (isDone) {
            return;
        }
        endedNanos = turn.nowNanos();
        turn.emit(
                new DhtEffect.LookupEnded(
                        input.handle(),
                        result.outcome(),
                        result.closest(),
                        found.size(),
                        result.trace()));
        settle(turn);
    }

    @Override
    public void expire(Turn turn) {
        announcer.ifPresent(a -> a.expire(turn));
        settle(turn);
    }

    @Override
    public long nextDeadlineNanos() {
        if (isDone || announcer.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long dueNanos = announcer.get().nextDeadlineNanos();
        if (!hasEnded()) {
            return dueNanos;
        }
        if (isTold) {
            return Math.min(dueNanos, endedNanos + LATE_ANSWERS.toNanos());
        }
        if (announcer.get().isSettled()) {
            return Long.MIN_VALUE;
        }
        return announcer.get().acknowledged() > 0
                ? Math.min(dueNanos, endedNanos + PATIENCE.toNanos())
                : dueNanos;
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    private void handOut(Contact from, List<Endpoint> peers, Turn turn) {
        var fresh = new ArrayList<Endpoint>();
        for (var peer : peers) {
            if (found.size() < MAX_PEERS && found.add(peer)) {
                fresh.add(peer);
            }
        }
        if (!fresh.isEmpty()) {
            turn.emit(new DhtEffect.PeersFound(input.handle(), from, fresh));
        }
    }

    private void settle(Turn turn) {
        if (isDone || !hasEnded()) {
            return;
        }
        if (announcer.isPresent() && !isTold && mayTell(announcer.get(), turn.nowNanos())) {
            isTold = true;
            tell(announcer.get(), turn);
        }
        boolean isLate = turn.nowNanos() >= endedNanos + LATE_ANSWERS.toNanos();
        isDone = announcer.isEmpty() || (isTold && isLate);
    }

    private void tell(Announcer announcer, Turn turn) {
        long elapsedNanos = turn.nowNanos() - beganNanos;
        turn.emit(new DhtEffect.Announced(input.handle(), announcer.acknowledged(), elapsedNanos));
    }

    private boolean mayTell(Announcer announcer, long nowNanos) {
        boolean isPatienceOver = nowNanos >= endedNanos + PATIENCE.toNanos();
        return announcer.isSettled() || (isPatienceOver && announcer.acknowledged() > 0);
    }

    private boolean hasEnded() {
        return endedNanos != Long.MAX_VALUE;
    }
}
