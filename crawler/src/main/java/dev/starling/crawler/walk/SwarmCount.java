package dev.starling.crawler.walk;

import dev.starling.bencode.ByteString;
import dev.starling.dht.AddressFilter;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks some of the nodes that hold a swarm who is in it, and counts it by their filters (BEP 33).
///
/// The filters of several nodes merge into that of the union, which is how one learns of peers that
/// announced themselves to one node only. A node without filters counts by the peers it names.
final class SwarmCount implements Asker {

    /// Nodes remembered that hold it: as many as it is announced to.
    private static final int MAX_REPORTERS = 8;

    /// Peers handed on: a fetch needs one, and three nodes name a hundred.
    private static final int MAX_PEERS = 200;

    /// Two standard errors: 19 of 20 cases.
    private static final double STANDARD_ERRORS = 2;

    private final Id infoHash;
    private final Circumstances world;
    private final Runnable closed;
    private final ArrayDeque<Contact> reporters = new ArrayDeque<>();
    private final Set<Endpoint> known = new HashSet<>(); // never iterated
    private final Set<Endpoint> peers = new HashSet<>(); // never iterated

    // Made when needed: most infohashes are known already, and these are large.
    private @Nullable AddressFilter leecherFilter;
    private @Nullable AddressFilter seedFilter;

    private Verdict verdict = Verdict.KNOWN;
    private boolean isJudged;
    private boolean isFinishing;
    private boolean isClosed;
    private int asked;
    private int underWay;
    private int sources;
    private int answers;

    SwarmCount(Id infoHash, Circumstances world, Runnable closed) {
        this.infoHash = infoHash;
        this.world = world;
        this.closed = closed;
    }

    Id infoHash() {
        return infoHash;
    }

    int sources() {
        return asked + reporters.size();
    }

    boolean isJudged() {
        return isJudged;
    }

    boolean isClosed() {
        return isClosed;
    }

    void judge(Verdict newVerdict, Turn turn) {
        verdict = newVerdict;
        isJudged = true;
        advance(turn);
    }

    /// A node holds this swarm, or should.
    void reported(Contact reporter, Turn turn) {
        if (!isClosed
                && known.size() < MAX_REPORTERS
                && world.rules().allow(reporter.endpoint())
                && known.add(reporter.endpoint())) {
            reporters.add(reporter);
            advance(turn);
        }
    }

    /// No further reporters will come.
    void finish(Turn turn) {
        isFinishing = true;
        advance(turn);
    }

    @Override
    public void answered(Question question, KrpcResponse response, Turn turn) {
        underWay--;
        answers++;
        if (response.extra() instanceof KrpcResponse.Scrape(var leechers, var seeds)) {
            sources++;
            leecherFilter = merged(leecherFilter, leechers);
            seedFilter = merged(seedFilter, seeds);
        }
        var found = new ArrayList<Endpoint>();
        for (var peer : response.values()) {
            if (peers.size() < MAX_PEERS && world.rules().allow(peer) && peers.add(peer)) {
                found.add(peer);
            }
        }
        if (!found.isEmpty() && verdict == Verdict.NEW) {
            turn.emit(new CrawlEffect.PeersFound(infoHash, found));
        }
        advance(turn);
    }

    @Override
    public void refused(Question question, Turn turn) {
        underWay--;
        asked--; // another may know more
        advance(turn);
    }

    @Override
    public void overdue(Question question, Turn turn) {
        // The next reporter is asked without waiting; a late answer still counts.
        if (!reporters.isEmpty()) {
            ask(reporters.remove());
        } else if (question.attempt == 1) {
            underWay++;
            world.asking().add(new Question(this, question.to, Question.Kind.SCRAPE, infoHash, 2));
        }
    }

    @Override
    public void lost(Question question, Turn turn) {
        underWay--;
        advance(turn);
    }

    private void advance(Turn turn) {
        if (isClosed || !isJudged) {
            return;
        }
        if (verdict != Verdict.KNOWN) {
            while (asked < Swarms.SOURCES && !reporters.isEmpty()) {
                ask(reporters.remove());
            }
        }
        if (underWay == 0 && (isFinishing || asked >= Swarms.SOURCES || verdict == Verdict.KNOWN)) {
            close(turn);
        }
    }

    private void ask(Contact node) {
        asked++;
        underWay++;
        world.asking().add(new Question(this, node, Question.Kind.SCRAPE, infoHash, 1));
    }

    private void close(Turn turn) {
        isClosed = true;
        if (answers > 0) {
            world.tally().swarmsCounted++;
            turn.emit(new CrawlEffect.Counted(health(world.seconds(turn.nowNanos()))));
        }
        if (verdict == Verdict.NEW && peers.isEmpty()) {
            turn.emit(new CrawlEffect.Deserted(infoHash));
        }
        peers.clear();
        known.clear();
        reporters.clear();
        leecherFilter = null;
        seedFilter = null;
        closed.run();
    }

    private SwarmHealth health(long nowSeconds) {
        var leechers = leecherFilter;
        var seeds = seedFilter;
        if (leechers == null || seeds == null) {
            // How many it did not name is unknown: as many again is a guess.
            int named = peers.size();
            return new SwarmHealth(infoHash, 0, 0, named, named, answers, nowSeconds);
        }
        return new SwarmHealth(
                infoHash,
                (int) Math.round(seeds.estimate()),
                error(seeds),
                (int) Math.round(leechers.estimate()),
                error(leechers),
                sources,
                nowSeconds);
    }

    private static AddressFilter merged(@Nullable AddressFilter into, ByteString bytes) {
        var union = into == null ? new AddressFilter() : into;
        AddressFilter.of(bytes).ifPresent(union::merge);
        return union;
    }

    private static int error(AddressFilter filter) {
        return (int) Math.ceil(STANDARD_ERRORS * filter.standardError());
    }
}
