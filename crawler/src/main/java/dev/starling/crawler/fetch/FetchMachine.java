package dev.starling.crawler.fetch;

import dev.starling.id.Id;
import dev.starling.machine.StateMachine;
import dev.starling.metainfo.InfoReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Fetches info dictionaries from thousands of peers at a time.
///
/// Each infohash is a [Job] with candidates, each connection an [Attempt]. A job tries the
/// candidate most worth it; when that one takes longer than those who served took on average, a
/// second and a third beside it. Each phase of an attempt has its own patience, measured from those
/// who serve, so that silent and dripping peers are soon given up; if no other serves, they get a
/// second chance with all the time there is. Bounded in jobs, connections and bytes held.
public final class FetchMachine implements StateMachine<FetchInput, FetchEffect> {

    /// Infohashes waiting or under way; further ones fail at once, to be tried again later.
    public static final int MAX_JOBS = 100_000;

    /// Attempts for one infohash at a time.
    private static final int AT_ONCE = 3;

    /// Infohashes done with that are remembered, so that candidates who come late begin nothing.
    private static final int MAX_DONE = 65_536;

    /// Bytes of incomplete metadata beyond which the largest are no longer begun.
    private static final long MAX_HELD_BYTES = 64 << 20;

    /// What a job may hold whatever the others do: most dictionaries are smaller.
    private static final int FREE_BYTES = 64 << 10;

    private final Settings settings;
    private final Id peerId;
    private final PeerMemory memory = new PeerMemory();
    private final Map<Id, Job> jobs = new HashMap<>(); // never iterated
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final Map<Long, Attempt> attempts = new HashMap<>(); // never iterated
    private final LinkedHashMap<Id, Boolean> done = new LinkedHashMap<>();
    private final Phases phases = new Phases();
    private final ArrayDeque<Attempt> hedges = new ArrayDeque<>();
    private final PhaseTimes wholeTimes = new PhaseTimes();
    private long nextConnection;
    private boolean isHeld;
    private long fetched;
    private long unusable;
    private long failed;
    private long begun;
    private long timeouts;
    private long liars;
    private long heldBytes;

    /// How to fetch.
    ///
    /// @param connections at a time
    /// @param maxInfoBytes larger info dictionaries are not fetched
    public record Settings(int connections, int maxInfoBytes) {

        /// As large as anyone's: bitmagnet's bound.
        public static final int MAX_INFO_BYTES = 10 << 20;

        public Settings {
            if (connections < 1 || maxInfoBytes < 1) {
                throw new IllegalArgumentException(
                        connections + " connections, " + maxInfoBytes + " bytes");
            }
        }
    }

    public FetchMachine(Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.peerId = Id.of(peerId(random));
    }

    private static byte[] peerId(RandomGenerator random) {
        byte[] bytes = new byte[Id.LENGTH_BYTES];
        random.nextBytes(bytes);
        byte[] client = {'-', 'S', 'L', '0', '1', '0', '0', '-'};
        System.arraycopy(client, 0, bytes, 0, client.length);
        return bytes;
    }

    @Override
    public void handle(FetchInput input, long nowNanos, Consumer<? super FetchEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        switch (input) {
            case FetchInput.Candidates candidates -> offer(candidates, turn);
            case FetchInput.Connected(long connection) -> connected(connection, turn);
            case FetchInput.Received(long connection, var bytes) -> read(connection, bytes, turn);
            case FetchInput.Closed(long connection) -> {
                var attempt = attempts.get(connection);
                if (attempt != null) {
                    end(attempt, PeerMemory.Standing.FAILED, turn);
                }
            }
            case FetchInput.Hold(boolean held) -> isHeld = held;
        }
        begin(turn);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super FetchEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        for (var late = phases.nextLate(nowNanos); late != null; late = phases.nextLate(nowNanos)) {
            timeouts++;
            late.job.tookTooLong(late.peer);
            effects.accept(new FetchEffect.Disconnect(late.connection));
            end(late, PeerMemory.Standing.FAILED, turn);
        }
        hedge(nowNanos);
        begin(turn);
    }

    @Override
    public long nextDeadlineNanos() {
        while (!hedges.isEmpty() && (hedges.getFirst().isOver || hedges.getFirst().isHedged)) {
            hedges.remove();
        }
        long hedgeNanos =
                hedges.isEmpty() ? NO_DEADLINE : hedges.getFirst().beganNanos + hedgeAfterNanos();
        return Math.min(hedgeNanos, phases.nextDeadlineNanos());
    }

    public FetchStats stats() {
        return new FetchStats(
                fetched,
                unusable,
                failed,
                begun,
                timeouts,
                liars,
                attempts.size(),
                waiting.size(),
                heldBytes);
    }

    /// Infohashes waiting or under way.
    public int jobs() {
        return jobs.size();
    }

    private record Turn(long nowNanos, Consumer<? super FetchEffect> effects) {}

    private void offer(FetchInput.Candidates candidates, Turn turn) {
        var job = jobs.get(candidates.infoHash());
        if (job == null) {
            if (done.containsKey(candidates.infoHash())) {
                return;
            }
            if (jobs.size() >= MAX_JOBS) {
                turn.effects().accept(new FetchEffect.Failed(candidates.infoHash(), 0));
                return;
            }
            job = new Job(candidates.infoHash());
            jobs.put(job.infoHash, job);
        }
        job.offer(candidates.peers());
        queue(job);
    }

    /// Has a job wait for a connection, if it has use for one.
    private void queue(Job job) {
        if (!job.isQueued && job.attempts.isEmpty() && job.hasCandidates()) {
            job.isQueued = true;
            waiting.add(job);
        }
    }

    private void begin(Turn turn) {
        while (!isHeld && !waiting.isEmpty() && attempts.size() < settings.connections()) {
            var job = waiting.remove();
            job.isQueued = false;
            if (jobs.get(job.infoHash) == job && job.hasCandidates()) {
                begin(job, turn);
            }
        }
    }

    private void begin(Job job, Turn turn) {
        var peer = job.best(memory);
        int maxBytes = heldBytes > MAX_HELD_BYTES ? FREE_BYTES : settings.maxInfoBytes();
        var attempt = new Attempt(nextConnection++, job, peer, maxBytes);
        attempt.beganNanos = turn.nowNanos();
        attempts.put(attempt.connection, attempt);
        job.attempts.add(attempt);
        job.tried++;
        begun++;
        phases.enter(attempt, Attempt.Phase.CONNECTING, turn.nowNanos());
        hedges.add(attempt);
        turn.effects().accept(new FetchEffect.Connect(attempt.connection, peer));
    }

    private void connected(long connection, Turn turn) {
        var attempt = attempts.get(connection);
        if (attempt != null) {
            phases.enter(attempt, Attempt.Phase.GREETING, turn.nowNanos());
            var greeting = Attempt.greeting(attempt.job.infoHash, peerId);
            turn.effects().accept(new FetchEffect.Write(connection, greeting));
        }
    }

    private void read(long connection, ByteBuffer bytes, Turn turn) {
        var attempt = attempts.get(connection);
        while (attempt != null && !attempt.isOver) {
            var before = attempt.phase;
            int held = attempt.heldBytes();
            var step = attempt.read(bytes);
            heldBytes += attempt.heldBytes() - held;
            if (attempt.phase != before || attempt.heldBytes() != held) {
                phases.enter(attempt, attempt.phase, turn.nowNanos());
            }
            if (step instanceof Attempt.Say && isTooMuch(attempt)) {
                attempt.job.tookTooLong(attempt.peer); // once more when there is room
                turn.effects().accept(new FetchEffect.Disconnect(connection));
                end(attempt, PeerMemory.Standing.UNKNOWN, turn);
                return;
            }
            switch (step) {
                case Attempt.Wait _ -> {
                    return;
                }
                case Attempt.Say(var said) -> {
                    if (said.hasRemaining()) {
                        turn.effects().accept(new FetchEffect.Write(connection, said));
                    }
                }
                case Attempt.Useless _ -> {
                    turn.effects().accept(new FetchEffect.Disconnect(connection));
                    end(attempt, PeerMemory.Standing.FAILED, turn);
                }
                case Attempt.Lie _ -> {
                    liars++;
                    turn.effects().accept(new FetchEffect.Disconnect(connection));
                    end(attempt, PeerMemory.Standing.LIED, turn);
                }
                case Attempt.Complete _ -> complete(attempt, turn);
            }
        }
    }

    /// Whether all hold too much and this attempt more than its share of it.
    private boolean isTooMuch(Attempt attempt) {
        return heldBytes > MAX_HELD_BYTES && attempt.heldBytes() > FREE_BYTES;
    }

    private void complete(Attempt attempt, Turn turn) {
        turn.effects().accept(new FetchEffect.Disconnect(attempt.connection));
        wholeTimes.took(turn.nowNanos() - attempt.beganNanos);
        var job = attempt.job;
        finish(job);
        switch (InfoReader.read(attempt.info())) {
            case InfoReader.Loaded(var loaded) -> {
                fetched++;
                turn.effects().accept(new FetchEffect.Fetched(loaded));
            }
            case InfoReader.Refused(var reason) -> {
                unusable++;
                turn.effects().accept(new FetchEffect.Unusable(job.infoHash, reason));
            }
        }
        end(attempt, PeerMemory.Standing.SERVED, turn);
        for (var other : List.copyOf(job.attempts)) {
            turn.effects().accept(new FetchEffect.Disconnect(other.connection));
            end(other, PeerMemory.Standing.UNKNOWN, turn);
        }
    }

    private void finish(Job job) {
        jobs.remove(job.infoHash);
        done.put(job.infoHash, true);
        if (done.size() > MAX_DONE) {
            done.pollFirstEntry();
        }
    }

    private void end(Attempt attempt, PeerMemory.Standing standing, Turn turn) {
        attempt.isOver = true;
        attempts.remove(attempt.connection);
        heldBytes -= attempt.heldBytes();
        memory.note(attempt.peer, standing);
        var job = attempt.job;
        job.attempts.remove(attempt);
        if (jobs.get(job.infoHash) != job) {
            return;
        }
        if (job.attempts.isEmpty() && !job.hasCandidates() && !job.beginSecondRound()) {
            jobs.remove(job.infoHash);
            failed++;
            turn.effects().accept(new FetchEffect.Failed(job.infoHash, job.tried));
        }
        queue(job);
    }

    private long hedgeAfterNanos() {
        return Math.max(PhaseTimes.SHORTEST_NANOS / 2, wholeTimes.meanNanos());
    }

    /// Has the jobs try someone else beside whoever takes longer than usual.
    private void hedge(long nowNanos) {
        while (!hedges.isEmpty()) {
            var attempt = hedges.getFirst();
            if (!attempt.isOver && attempt.beganNanos + hedgeAfterNanos() > nowNanos) {
                return;
            }
            hedges.remove();
            var job = attempt.job;
            if (!attempt.isOver
                    && job.attempts.size() < AT_ONCE
                    && job.hasCandidates()
                    && !job.isQueued) {
                attempt.isHedged = true;
                job.isQueued = true;
                waiting.addFirst(job);
            }
        }
    }
}
