package dev.starling.crawler.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.crawler.paper.PaperCrawl;
import dev.starling.crawler.paper.PaperNetwork;
import dev.starling.crawler.paper.PaperTorrents;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcQuery;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A crawl of a network of which every third node is hostile: ten thousand that lie, and invent
/// nodes and infohashes without end.
final class HostileNodesSimTest implements PaperCrawl.Watch {

    private static final int NODES = 30_000;
    private static final int TORRENTS = 1_000;
    private static final int RATE = 4_000;
    private static final int HONEST = NODES * 2 / 3;

    private final PaperNetwork network = new PaperNetwork(1, NODES, 0, PaperNetwork.Place.PUBLIC);
    private final PaperTorrents torrents = new PaperTorrents(network, 1);
    private final BitSet honest = new BitSet();
    private final Set<Id> sighted = new HashSet<>();
    private Optional<CrawlMachine> machine = Optional.empty();
    private int mostWaiting;

    @Test
    void theHonestPartIsFoundSweepAfterSweepAndTheInventedDoNotAddUp() {
        torrents.add(TORRENTS, 1);
        var terms = new PaperCrawl.Terms(0, 600, new HostileConduct(network, 1), false);
        var crawl = new PaperCrawl(network, torrents, terms, this, 1);
        var run = crawl.begin(settings(), Optional.empty());
        machine = Optional.of(run.machine());

        var first = run.nextSweep();
        int heardFirst = honest.cardinality();
        honest.clear();
        var second = run.nextSweep();

        assertThat(heardFirst).isGreaterThanOrEqualTo(HONEST * 99 / 100);
        assertThat(honest.cardinality()).isGreaterThanOrEqualTo(HONEST * 99 / 100);
        assertThat(sighted).hasSizeGreaterThanOrEqualTo(TORRENTS * 99 / 100);
        assertThat(first.nodesVisited()).as("few that are invented").isLessThan(NODES * 5L / 4);
        assertThat(second.nodesVisited()).as("and no more later").isLessThan(NODES * 5L / 4);
        assertThat(second.zones()).isLessThanOrEqualTo(128);
        assertThat(mostWaiting).isLessThan(NODES);
        assertThat(second.inFlight()).isZero();
    }

    private static CrawlMachine.Settings settings() {
        var local = PaperWorld.settings(1, RATE);
        var rules = new AddressRules(true, false, List.of());
        return new CrawlMachine.Settings(
                local.ids(), Slice.WHOLE, rules, true, true, false, RATE, 0);
    }

    @Override
    public void heard(int node, KrpcQuery query) {
        if (!HostileConduct.isHostile(node)) {
            honest.set(node);
        }
    }

    @Override
    public void told(CrawlEffect effect) {
        if (effect instanceof CrawlEffect.ZoneSwept) {
            machine.ifPresent(it -> mostWaiting = Math.max(mostWaiting, it.stats().waiting()));
        }
        if (effect instanceof CrawlEffect.Sighted(_, var infoHash, _) && torrents.has(infoHash)) {
            sighted.add(infoHash);
        }
    }
}
