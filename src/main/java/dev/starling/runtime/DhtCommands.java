package dev.starling.runtime;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.net.MachineLoop;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Who hears of which command to the DHT node. Thread-safe; listeners are called on the loop.
final class DhtCommands {

    /// The effect that is the last of a command.
    enum Until {
        /// The lookup or ping has ended.
        ENDED,
        /// The announce that follows the lookup has ended.
        ANNOUNCED
    }

    private record Asker(Until until, DhtListener listener) {}

    private final MachineLoop<DhtInput, ?> machine;
    private final AtomicLong lastHandle = new AtomicLong();

    /// Bounded by our own downloads and commands, each of which has one under way.
    private final Map<Long, Asker> askers = new ConcurrentHashMap<>();

    DhtCommands(MachineLoop<DhtInput, ?> machine) {
        this.machine = machine;
    }

    /// Gives the command made with a new handle; returns the handle.
    long begin(LongFunction<DhtInput> command, Until until, DhtListener listener) {
        long handle = lastHandle.incrementAndGet();
        askers.put(handle, new Asker(until, listener));
        machine.post(command.apply(handle));
        return handle;
    }

    /// Gives a command and hopes for the effect of this kind that ends it.
    <E extends DhtEffect.ForCommand> CompletableFuture<E> ask(
            LongFunction<DhtInput> command, Class<E> last) {
        var ended = new CompletableFuture<E>();
        begin(
                command,
                Until.ENDED,
                effect -> {
                    if (last.isInstance(effect)) {
                        ended.complete(last.cast(effect));
                    }
                });
        return ended;
    }

    void cancel(long handle) {
        if (askers.remove(handle) != null) {
            machine.post(new DhtInput.Cancel(handle));
        }
    }

    /// Hands on an effect that answers a command.
    void told(DhtEffect.ForCommand effect) {
        var asker = askers.get(effect.handle());
        if (asker == null) {
            return;
        }
        if (isLast(effect, asker.until())) {
            askers.remove(effect.handle());
        }
        asker.listener().told(effect);
    }

    private static boolean isLast(DhtEffect.ForCommand effect, Until until) {
        return switch (effect) {
            case DhtEffect.LookupEnded _ -> until == Until.ENDED;
            case DhtEffect.PeersFound _, DhtEffect.ItemFound _ -> false;
            case DhtEffect.Announced _,
                    DhtEffect.Ponged _,
                    DhtEffect.PingUnanswered _,
                    DhtEffect.ItemSearchEnded _,
                    DhtEffect.ItemPut _,
                    DhtEffect.Scraped _,
                    DhtEffect.Sampled _ ->
                    true;
        };
    }
}
