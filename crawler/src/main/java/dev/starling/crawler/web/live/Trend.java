package dev.starling.crawler.web.live;

import java.util.ArrayList;
import java.util.List;

/// A crawl's figures over its whole run, in a bounded number of samples: when they become too many,
/// every second one goes, and from then on only half as many are taken. Thread-safe.
public final class Trend {

    /// Twice as many as a wide chart has points.
    static final int MAX_SAMPLES = 720;

    private final List<Sample> samples = new ArrayList<>();
    private long everyMillis;

    /// What was seen at one moment.
    ///
    /// @param millis since 1970
    public record Sample(long millis, CrawlFigures figures) {}

    /// Adds a sample, unless it is too close to the last one.
    public synchronized void add(Sample sample) {
        if (!samples.isEmpty() && sample.millis() - samples.getLast().millis() < everyMillis) {
            return;
        }
        samples.add(sample);
        if (samples.size() >= MAX_SAMPLES) {
            thin();
        }
    }

    private void thin() {
        List<Sample> kept = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += 2) {
            kept.add(samples.get(i));
        }
        samples.clear();
        samples.addAll(kept);
        everyMillis = samples.get(1).millis() - samples.getFirst().millis();
    }

    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }
}
