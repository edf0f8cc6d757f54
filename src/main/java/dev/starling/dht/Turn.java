package dev.starling.dht;

import java.util.function.Consumer;

/// One call into the node: when it happens and where its effects go. Lives as long as the call.
record Turn(long nowNanos, Consumer<? super DhtEffect> effects) {

    void emit(DhtEffect effect) {
        effects.accept(effect);
    }
}
