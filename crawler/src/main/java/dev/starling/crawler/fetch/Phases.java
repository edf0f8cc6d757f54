package dev.starling.crawler.fetch;

import static java.util.Objects.requireNonNull;

import dev.starling.machine.StateMachine;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Attempts by what they wait for, and when each has waited too long. Confined to the machine.
final class Phases {

    /// An attempt and when it entered the phase; it is void once the attempt has gone on.
    private record Entry(Attempt attempt, long sinceNanos) {}

    private static final class Line {
        final ArrayDeque<Entry> entries = new ArrayDeque<>();
        final PhaseTimes times = new PhaseTimes();
    }

    private final Map<Attempt.Phase, Line> lines = new EnumMap<>(Attempt.Phase.class);

    /// Those with a second chance, who get all the time there is whatever they do.
    private final ArrayDeque<Entry> patient = new ArrayDeque<>();

    Phases() {
        for (var phase : Attempt.Phase.values()) {
            lines.put(phase, new Line());
        }
    }

    /// The attempt has come this far now; a further block of metadata counts as well.
    void enter(Attempt attempt, Attempt.Phase phase, long nowNanos) {
        if (attempt.phaseNanos != 0) {
            var last = before(phase);
            line(last).times.took(nowNanos - attempt.phaseNanos);
        }
        attempt.phase = phase;
        attempt.phaseNanos = nowNanos;
        var entry = new Entry(attempt, nowNanos);
        if (attempt.job.isSecondRound()) {
            patient.add(entry);
        } else {
            line(phase).entries.add(entry);
        }
    }

    private static Attempt.Phase before(Attempt.Phase phase) {
        return switch (phase) {
            case CONNECTING, GREETING -> Attempt.Phase.CONNECTING;
            case EXTENDING -> Attempt.Phase.GREETING;
            case FETCHING -> Attempt.Phase.EXTENDING;
        };
    }

    private Line line(Attempt.Phase phase) {
        return requireNonNull(lines.get(phase));
    }

    /// Takes out the next attempt that has waited too long, if any.
    @Nullable Attempt nextLate(long nowNanos) {
        for (var line : lines.values()) {
            var late = late(line.entries, line.times.patienceNanos(), nowNanos);
            if (late != null) {
                return late;
            }
        }
        return late(patient, PhaseTimes.LONGEST_NANOS, nowNanos);
    }

    private static @Nullable Attempt late(
            ArrayDeque<Entry> entries, long patienceNanos, long nowNanos) {
        var eldest = eldest(entries);
        if (eldest == null || eldest.sinceNanos() + patienceNanos > nowNanos) {
            return null;
        }
        entries.remove();
        return eldest.attempt();
    }

    long nextDeadlineNanos() {
        long deadline = StateMachine.NO_DEADLINE;
        for (var line : lines.values()) {
            var eldest = eldest(line.entries);
            if (eldest != null) {
                deadline = Math.min(deadline, eldest.sinceNanos() + line.times.patienceNanos());
            }
        }
        var eldest = eldest(patient);
        return eldest == null
                ? deadline
                : Math.min(deadline, eldest.sinceNanos() + PhaseTimes.LONGEST_NANOS);
    }

    private static @Nullable Entry eldest(ArrayDeque<Entry> entries) {
        var eldest = entries.peek();
        while (eldest != null
                && (eldest.attempt().isOver
                        || eldest.attempt().phaseNanos != eldest.sinceNanos())) {
            entries.remove();
            eldest = entries.peek();
        }
        return eldest;
    }
}
