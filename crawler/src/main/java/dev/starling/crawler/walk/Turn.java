package dev.starling.crawler.walk;

import java.util.function.Consumer;

/// One call of the machine: the time, and where effects go.
record Turn(long nowNanos, Consumer<? super CrawlEffect> effects) {

    void emit(CrawlEffect effect) {
        effects.accept(effect);
    }
}
