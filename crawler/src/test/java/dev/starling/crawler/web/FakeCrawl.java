package dev.starling.crawler.web;

import dev.starling.crawler.walk.Zone;
import dev.starling.crawler.web.live.CrawlFigures;
import dev.starling.crawler.web.live.CrawlView;
import dev.starling.crawler.web.live.Keyspace;
import dev.starling.crawler.web.live.KeyspaceTally;
import dev.starling.id.Id;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/// A crawl that gets on a little each time one looks at it.
public final class FakeCrawl implements CrawlView {

    private static final int ZONE_BITS = 10;

    private final SplittableRandom random = new SplittableRandom(11);
    private final KeyspaceTally tally = new KeyspaceTally();
    private long looks;
    private long nodes;
    private long infoHashes;
    private long metadata;
    private int swept;
    private final List<Boolean> pauses = new CopyOnWriteArrayList<>();
    private volatile boolean isPaused;

    @Override
    public synchronized CrawlFigures figures() {
        looks++;
        infoHashes += find(300 + random.nextInt(200));
        metadata += 100 + random.nextInt(60);
        for (int i = 0; i < 40 && swept < 1 << ZONE_BITS; i++) {
            int found = 900 + random.nextInt(150);
            for (int node = 0; node < found; node++) {
                tally.node(new Zone(swept, ZONE_BITS).point(Id.random(random)));
            }
            tally.swept(swept, ZONE_BITS);
            nodes += found;
            swept++;
        }
        double error = 400_000.0 / (looks + 4);
        double size = 1_000_000 + error / 2 * Math.sin((double) looks);
        return new CrawlFigures(
                new CrawlFigures.Counts(
                        nodes, infoHashes, metadata, nodes * 3, nodes * 2, metadata / 2, 17),
                new CrawlFigures.Queues(400, 12_000, 950, (int) (infoHashes - metadata)),
                new CrawlFigures.Sweep(0, 1 << ZONE_BITS, swept),
                new CrawlFigures.Size(size, size - error, size + error),
                Math.min(1, nodes / size),
                isPaused);
    }

    private int find(int count) {
        for (int i = 0; i < count; i++) {
            tally.infoHash(Id.random(random));
        }
        return count;
    }

    @Override
    public Keyspace keyspace() {
        return tally.keyspace();
    }

    @Override
    public void pause(boolean wanted) {
        isPaused = wanted;
        pauses.add(wanted);
    }

    /// What was asked for so far.
    public List<Boolean> pauses() {
        return List.copyOf(pauses);
    }
}
