package dev.starling.crawler;

import dev.starling.crawler.walk.Zone;
import dev.starling.crawler.web.live.CrawlFigures;
import dev.starling.crawler.web.live.CrawlView;
import dev.starling.crawler.web.live.Keyspace;
import dev.starling.crawler.web.live.KeyspaceTally;
import dev.starling.id.Id;
import java.io.IOException;

/// A running crawl as the web page and the metrics see it. Thread-safe.
final class CrawlWatch implements CrawlView {

    private final PauseMark mark;
    private final KeyspaceTally keyspace = new KeyspaceTally();
    private volatile CrawlFigures figures = CrawlFigures.NOTHING;
    private volatile boolean isBetweenSweeps;

    CrawlWatch(PauseMark mark) {
        this.mark = mark;
    }

    @Override
    public CrawlFigures figures() {
        return figures;
    }

    @Override
    public Keyspace keyspace() {
        return keyspace.keyspace();
    }

    @Override
    public void pause(boolean isPaused) throws IOException {
        mark.set(isPaused);
    }

    /// An infohash was judged new.
    void isNew(Id infoHash) {
        keyspace.infoHash(infoHash);
    }

    /// A node has answered for the first time in this sweep.
    void visited(Id node) {
        beginSweep();
        keyspace.node(node);
    }

    void swept(Zone zone) {
        beginSweep();
        keyspace.swept(zone.index(), zone.bits());
    }

    private void beginSweep() {
        if (isBetweenSweeps) {
            isBetweenSweeps = false;
            keyspace.sweepBegins();
        }
    }

    void sweepEnded() {
        isBetweenSweeps = true;
    }

    /// Takes the figures anew.
    void at(CrawlService.Stats stats, long catalogued) {
        var walk = stats.walk();
        var fetch = stats.fetch();
        figures =
                new CrawlFigures(
                        new CrawlFigures.Counts(
                                walk.nodesAnswered(),
                                walk.infoHashes(),
                                catalogued,
                                walk.queries(),
                                walk.replies(),
                                walk.swarmsCounted(),
                                walk.refused()),
                        new CrawlFigures.Queues(
                                walk.inFlight(), walk.waiting(), fetch.underWay(), fetch.waiting()),
                        new CrawlFigures.Sweep(walk.sweeps(), walk.zones(), walk.zonesSwept()),
                        new CrawlFigures.Size(
                                walk.size().nodes(), walk.size().low(), walk.size().high()),
                        walk.coverage(),
                        stats.isPaused());
    }
}
