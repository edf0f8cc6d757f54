package dev.starling.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.machine.StateMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineLoopTest {

    private static final long PATIENCE_SECONDS = 60;

    private final NetLoop loop = NetLoop.start("machine-loop-test", Transport.best());
    private final BlockingQueue<String> effects = new LinkedBlockingQueue<>();
    private final CompletableFuture<RuntimeException> broken = new CompletableFuture<>();
    private final Alarm alarm = new Alarm();
    private final MachineLoop<Long, String> driver =
            new MachineLoop<>(loop, alarm, effects::add, broken::complete);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void inputsOfOneThreadAreHandledInOrder() throws InterruptedException {
        for (long input = 1; input <= 1000; input++) {
            driver.post(-input);
        }

        for (long input = 1; input <= 1000; input++) {
            assertThat(next()).isEqualTo("got -" + input);
        }
    }

    @Test
    void machineIsWokenAtItsDeadline() throws InterruptedException {
        driver.post(Duration.ofMillis(20).toNanos());

        assertThat(next()).isEqualTo("set");
        assertThat(next()).isEqualTo("rang");
    }

    @Test
    void earlierDeadlineIsNotHeldUpByALaterOne() throws InterruptedException {
        driver.post(Duration.ofDays(1).toNanos());
        driver.post(Duration.ofMillis(20).toNanos());

        assertThat(List.of(next(), next(), next())).containsExactly("set", "set", "rang");
    }

    @Test
    void deadlineLongPastIsMetAtOnce() throws InterruptedException {
        alarm.deadlineNanos = Long.MIN_VALUE;

        driver.post(-1L);

        assertThat(List.of(next(), next())).containsExactly("got -1", "rang");
    }

    @Test
    void whatCameByAShortcutMaySetADeadline() throws InterruptedException {
        loop.execute(() ->
                driver.take(
                        (alarmed, text, nowNanos) -> {
                            alarmed.deadlineNanos = nowNanos;
                            return effects.add(text);
                        },
                        alarm,
                        "short"));

        assertThat(List.of(next(), next())).containsExactly("short", "rang");
    }

    @Test
    void aMistakeOnAShortcutStopsTheMachine() throws Exception {
        var mistake = new IllegalStateException("shortcut");
        loop.execute(() ->
                driver.take(
                        (_, _, _) -> {
                            throw mistake;
                        },
                        alarm,
                        ""));

        assertThat(broken.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(mistake);
        driver.post(-1L);
        var last = new CompletableFuture<Boolean>();
        loop.execute(() -> last.complete(driver.take((_, _, _) -> false, alarm, "")));
        assertThat(last.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(effects).isEmpty();
    }

    @Test
    void deadlineThatMovedAwayIsStillMet() throws InterruptedException {
        loop.execute(() -> {
            driver.handle(Duration.ofMillis(5).toNanos());
            // The timer is armed by then, and cannot fire before this turn has ended.
            loop.atTurnEnd(() -> driver.handle(Duration.ofMillis(40).toNanos()));
        });

        assertThat(List.of(next(), next(), next())).containsExactly("set", "set", "rang");
        assertThat(alarm.rangLateNanos).isNotNegative();
    }

    @Test
    void machineThatThrowsIsStoppedAndItsOwnerTold() throws Exception {
        driver.post(0L);
        driver.post(-1L);

        assertThat(broken.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasMessage("no alarm at 0");
        assertThat(onLoop(effects::isEmpty)).isTrue();
    }

    @Test
    void inputsGivenByTheEffectsConsumerWaitUntilTheMachineIsDone() throws Exception {
        var order = new ArrayList<String>();
        var echo = new Echo(order);
        var drivers = new ArrayList<MachineLoop<Integer, Integer>>();
        drivers.add(new MachineLoop<>(loop, echo, i -> drivers.getFirst().handle(i), _ -> {}));

        var _ =
                onLoop(() -> {
                    drivers.getFirst().handle(2);
                    return true;
                });

        assertThat(order)
                .containsExactly("begin 2", "end 2", "begin 1", "end 1", "begin 0", "end 0");
    }

    @Test
    void timeStandsStillWithinATurn() throws Exception {
        long laterNanos =
                onLoop(() -> {
                    long first = loop.turnNanos();
                    while (NetLoop.nowNanos() == first) {
                        Thread.onSpinWait();
                    }
                    return loop.turnNanos() - first;
                });

        assertThat(laterNanos).isZero();
    }

    private <T> T onLoop(Supplier<T> question) throws Exception {
        return CompletableFuture.supplyAsync(question, loop)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private String next() throws InterruptedException {
        var effect = effects.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return effect == null ? "nothing" : effect;
    }

    /// Rings so many nanoseconds after a positive input; repeats a negative one.
    private static final class Alarm implements StateMachine<Long, String> {

        private long deadlineNanos = NO_DEADLINE;
        private volatile long rangLateNanos;

        @Override
        public void handle(Long input, long nowNanos, Consumer<? super String> effects) {
            if (input == 0) {
                throw new IllegalStateException("no alarm at 0");
            }
            if (input > 0) {
                deadlineNanos = nowNanos + input;
            }
            effects.accept(input > 0 ? "set" : "got " + input);
        }

        @Override
        public void expire(long nowNanos, Consumer<? super String> effects) {
            if (deadlineNanos <= nowNanos) {
                rangLateNanos = nowNanos - deadlineNanos;
                deadlineNanos = NO_DEADLINE;
                effects.accept("rang");
            }
        }

        @Override
        public long nextDeadlineNanos() {
            return deadlineNanos;
        }
    }

    /// Asks for the next lower number.
    private record Echo(List<String> order) implements StateMachine<Integer, Integer> {

        @Override
        public void handle(Integer input, long nowNanos, Consumer<? super Integer> effects) {
            order.add("begin " + input);
            if (input > 0) {
                effects.accept(input - 1);
            }
            order.add("end " + input);
        }

        @Override
        public void expire(long nowNanos, Consumer<? super Integer> effects) {}

        @Override
        public long nextDeadlineNanos() {
            return NO_DEADLINE;
        }
    }
}
