package dev.starling.bench.sim;

import dev.starling.node.Event;
import dev.starling.node.Output;
import dev.starling.node.Units;
import dev.starling.sim.SimFault;
import dev.starling.sim.SimFaults;
import dev.starling.sim.SimSessions;
import dev.starling.sim.scenario.Plan;
import dev.starling.sim.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Plays many seeds, each a scenario in turn in a small world with faults of its own, and tells
/// what they found: for the night.
///
/// Only broken invariants count. What a scenario demands of its outcome it demands of a world with
/// no faults but its own.
final class Marathon {

    private static final int FEWEST_NODES = 40;
    private static final int MOST_NODES = 300;
    private static final Duration LONGEST = Duration.ofHours(2);

    /// Faults that may come to any scenario, and how bad they may be.
    private static final List<Trouble> TROUBLES =
            List.of(
                    new Trouble(SimFault.LOSS, 0.2),
                    new Trouble(SimFault.DUPLICATION, 0.2),
                    new Trouble(SimFault.REORDERING, 0.3),
                    new Trouble(SimFault.SLOW, 0.2),
                    new Trouble(SimFault.SILENT, 0.3),
                    new Trouble(SimFault.NAT, 0.4),
                    new Trouble(SimFault.SKEW, 0.05),
                    new Trouble(SimFault.STALE, 0.6),
                    new Trouble(SimFault.LIARS, 0.25),
                    new Trouble(SimFault.HOSTILE, 0.25),
                    new Trouble(SimFault.SPOOFED, 20),
                    new Trouble(SimFault.SYBILS, 20),
                    new Trouble(SimFault.SLOW_DISKS, 0.5),
                    new Trouble(SimFault.FULL_DISKS, 0.5));

    private record Trouble(SimFault fault, double most) {}

    private final Output output;
    private final List<Scenario> scenarios;
    private final Player player;
    private long virtualNanos;
    private long checks;
    private int runs;

    Marathon(Output output, List<Scenario> scenarios) {
        this.output = output;
        this.scenarios = scenarios;
        player = new Player(output, true);
    }

    /// Plays seeds from `first` on, no more once the time is over; how many runs broke something.
    int run(long first, int count, Duration limit) {
        long beganNanos = System.nanoTime();
        var summary = new Summary(output);
        int broken = 0;
        for (long seed = first; seed < first + count; seed++) {
            if (System.nanoTime() - beganNanos >= limit.toNanos()) {
                break;
            }
            var outcome = play(seed);
            runs++;
            outcome.report()
                    .ifPresent(report -> {
                        virtualNanos += report.virtualNanos();
                        checks += report.checks();
                    });
            if (outcome.failure().isPresent()) {
                broken++;
                summary.tell(outcome);
            } else {
                output.progress(output.faint("ok  " + outcome.replay()));
            }
        }
        tell(Duration.ofNanos(System.nanoTime() - beganNanos), broken);
        return broken;
    }

    private Outcome play(long seed) {
        var scenario = scenarios.get((int) Math.floorMod(seed, (long) scenarios.size()));
        var random = new SplittableRandom(seed);
        int nodes = Math.min(scenario.nodes(), random.nextInt(FEWEST_NODES, MOST_NODES));
        var duration = scenario.duration().compareTo(LONGEST) > 0 ? LONGEST : scenario.duration();
        var arguments = new ArrayList<String>();
        var faults = faults(scenario.faults(), random, arguments);
        var plan = new Plan(seed, nodes, duration, faults, new Plan.Audience() {});
        return player.play(scenario, plan, arguments);
    }

    /// Three or so of all faults, each as bad as chance has it, in whole hundredths so that the
    /// command that replays them is short.
    private static SimFaults faults(
            SimFaults own, SplittableRandom random, List<String> arguments) {
        var faults = own;
        for (var trouble : TROUBLES) {
            if (random.nextInt(4) == 0) {
                double figure = trouble.most * random.nextInt(1, 101) / 100;
                figure = trouble.most > 1 ? Math.rint(figure) : Math.rint(figure * 1e4) / 1e4;
                faults = faults.with(trouble.fault, figure);
                arguments.add(FaultOptions.argument(trouble.fault, figure));
            }
        }
        if (random.nextInt(3) == 0) {
            int minutes = random.nextInt(5, 120);
            faults = faults.with(new SimSessions.Exponential(Duration.ofMinutes(minutes)));
            arguments.add("--churn " + minutes + "m");
        }
        return faults;
    }

    private void tell(Duration elapsed, int broken) {
        double hours = virtualNanos / 3.6e12;
        output.event(
                Event.of("summary")
                        .number("runs", runs)
                        .number("broken", broken)
                        .fraction("virtualHours", hours)
                        .number("checks", checks)
                        .fraction("seconds", elapsed.toMillis() / 1_000.0));
        output.result(
                String.format(
                        Locale.ROOT,
                        "%s, %.1f hours of virtual time, %,d checks of invariants in %s: %s",
                        Units.count(runs, "seed"),
                        hours,
                        checks,
                        Units.duration(elapsed),
                        broken == 0 ? "nothing broken" : Units.count(broken, "broken run")));
    }
}
