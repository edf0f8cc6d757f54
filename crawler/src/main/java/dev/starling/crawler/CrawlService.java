package dev.starling.crawler;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.fetch.FetchEffect;
import dev.starling.crawler.fetch.FetchInput;
import dev.starling.crawler.fetch.FetchMachine;
import dev.starling.crawler.fetch.FetchStats;
import dev.starling.crawler.state.CrawlStore;
import dev.starling.crawler.state.Keeper;
import dev.starling.crawler.walk.AddressRules;
import dev.starling.crawler.walk.CrawlEffect;
import dev.starling.crawler.walk.CrawlInput;
import dev.starling.crawler.walk.CrawlMachine;
import dev.starling.crawler.walk.CrawlStats;
import dev.starling.crawler.walk.Slice;
import dev.starling.crawler.walk.Verdict;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import dev.starling.net.StreamPort;
import dev.starling.net.Transport;
import dev.starling.node.Failure;
import dev.starling.runtime.Routers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A crawl on real sockets: the walk on one loop, the fetches on another, state and catalogue on a
/// thread of their own. Thread-safe.
public final class CrawlService implements AutoCloseable {

    /// How to crawl.
    ///
    /// @param listen addresses to bind; empty for all
    /// @param port of the first node, 0 for free ones
    /// @param ids how many nodes we are
    /// @param connections to peers at a time
    public record Options(
            List<String> listen,
            int port,
            List<String> bootstrap,
            int ids,
            Slice slice,
            AddressRules rules,
            boolean readOnly,
            int queriesPerSecond,
            int connections) {
        public Options {
            listen = List.copyOf(listen);
            bootstrap = List.copyOf(bootstrap);
        }
    }

    /// What the crawl has done and has to do.
    ///
    /// @param notes that wait to be kept
    public record Stats(CrawlStats walk, FetchStats fetch, int notes, boolean isPaused) {}

    /// Notes kept together, at most: some megabytes.
    private static final int BATCH = 5_000;

    /// Notes waiting beyond which no zone is begun, until there are half as many.
    private static final int MANY_NOTES = 100_000;

    /// Infohashes waiting to be fetched beyond which no zone is begun, until there are half as
    /// many.
    private static final int MANY_JOBS = FetchMachine.MAX_JOBS / 4;

    private static final long CLOSE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(CrawlService.class);

    private final CrawlStore store;
    private final Catalogue catalogue;
    private final NetLoop walkLoop;
    private final NetLoop fetchLoop = NetLoop.start("starling-fetch", Transport.best());
    private final NodeSockets sockets;
    private final CrawlMachine crawl;
    private final FetchMachine fetch;
    private final MachineLoop<CrawlInput, CrawlEffect> crawling;
    private final MachineLoop<FetchInput, FetchEffect> fetching;
    private final StreamPort streams;
    private final LinkedBlockingQueue<Keeper.Note> notes = new LinkedBlockingQueue<>();
    private final Keeper keeper;
    private final Routers routers;
    private final Thread keeping;
    private final Consumer<? super List<CatalogueEntry>> found;
    private final PauseMark mark;
    private final CrawlWatch watch;
    private volatile boolean isClosed;
    private volatile boolean isBroken;
    private volatile boolean isBehind;
    private volatile boolean isPaused;
    private boolean isHeld;

    private CrawlService(
            Options options, Path folder, CrawlGround ground, Consumer<List<CatalogueEntry>> found)
            throws IOException {
        this.found = found;
        mark = new PauseMark(folder);
        watch = new CrawlWatch(mark);
        store = ground.store();
        catalogue = ground.catalogue();
        walkLoop = ground.loop();
        sockets = ground.sockets();
        var random = new SecureRandom();
        long offsetMillis = System.currentTimeMillis() - NetLoop.nowNanos() / 1_000_000;
        crawl =
                new CrawlMachine(
                        new CrawlMachine.Settings(
                                ids(options.ids(), random),
                                options.slice(),
                                options.rules(),
                                options.readOnly(),
                                sockets.serves(true),
                                sockets.serves(false),
                                options.queriesPerSecond(),
                                offsetMillis),
                        random);
        fetch =
                new FetchMachine(
                        new FetchMachine.Settings(
                                options.connections(), FetchMachine.Settings.MAX_INFO_BYTES),
                        random);
        crawling = new MachineLoop<>(walkLoop, crawl, this::follow, this::broken);
        fetching = new MachineLoop<>(fetchLoop, fetch, this::follow, this::broken);
        streams = new StreamPort(fetchLoop, callingFrom(), new Streams());
        keeper = new Keeper(store, catalogue, new Keeper.Answers(this::give, this::give));
        routers = new Routers(this::routersFound);
        keeping = Thread.ofPlatform().name("starling-keep").daemon().unstarted(this::keep);
    }

    /// Opens the state in `folder`, binds the sockets, then opens the catalogue, and begins.
    ///
    /// @param catalogue belongs to the crawl from then on
    /// @param found told of what has been catalogued, on the keeping thread
    /// @throws IOException if the state is in use or unreadable, or a port is taken
    static CrawlService start(
            Options options,
            Path folder,
            CrawlGround.Opening catalogue,
            Consumer<List<CatalogueEntry>> found)
            throws Failure, IOException {
        var ground = CrawlGround.open(options, folder, catalogue);
        var service = new CrawlService(options, folder, ground, found);
        service.begin(options.bootstrap());
        return service;
    }

    private void begin(List<String> bootstrap) throws IOException {
        sockets.receive((node, from, payload) ->
                crawling.handle(new CrawlInput.Datagram(node, from, payload)));
        pause(mark.isSet());
        keeper.resume();
        give(new CrawlInput.Bootstrap(store.contacts(), List.of()));
        keeping.start();
        routers.add(bootstrap);
    }

    private List<Id> ids(int count, SecureRandom random) throws IOException {
        var ids = new ArrayList<>(store.nodeIds());
        while (ids.size() < count) {
            ids.add(Id.random(random));
        }
        store.saveNodeIds(ids);
        return ids.subList(0, count);
    }

    /// Peers are called from the address the nodes listen on, if it is a certain one.
    private List<Endpoint> callingFrom() {
        return sockets.addresses();
    }

    /// The addresses the first node listens on.
    public List<Endpoint> addresses() {
        return sockets.addresses();
    }

    public Optional<Stats> stats() {
        var walk = walkLoop.ask(crawl::stats);
        var fetched = fetchLoop.ask(fetch::stats);
        return walk.flatMap(w -> fetched.map(f -> new Stats(w, f, notes.size(), isPaused)));
    }

    /// Whether a mistake of ours, or a failing disk, has stopped the crawl.
    public boolean isBroken() {
        return isBroken;
    }

    /// What the crawl adds to; closed with it.
    Catalogue catalogue() {
        return catalogue;
    }

    /// Stops, and keeps what has been found.
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        routers.close();
        walkLoop.execute(crawling::stop);
        fetchLoop.execute(() -> {
            fetching.stop();
            streams.close();
        });
        sockets.close();
        walkLoop.close();
        fetchLoop.close();
        isClosed = true;
        try {
            keeping.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
        catalogue.close();
    }

    private void routersFound(List<Endpoint> endpoints) {
        if (!endpoints.isEmpty()) {
            give(new CrawlInput.Bootstrap(List.of(), endpoints));
        }
    }

    /// The crawl as others see it; its figures are as of the last [#stats()].
    CrawlWatch watch() {
        return watch;
    }

    private void give(CrawlInput input) {
        if (input instanceof CrawlInput.Judged(_, var infoHash, var verdict)
                && verdict == Verdict.NEW) {
            watch.isNew(infoHash);
        }
        walkLoop.execute(() -> crawling.handle(input));
    }

    private void give(FetchInput input) {
        fetchLoop.execute(() -> fetching.handle(input));
    }

    private void follow(CrawlEffect effect) {
        if (effect instanceof CrawlEffect.Send(int node, var to, ByteBuffer datagram)) {
            sockets.send(node, to, datagram);
            return;
        }
        if (effect instanceof CrawlEffect.Visited(var id)) {
            watch.visited(id);
            return;
        }
        if (effect instanceof CrawlEffect.ZoneSwept(var zone, _)) {
            watch.swept(zone);
        } else if (effect instanceof CrawlEffect.SweepEnded) {
            watch.sweepEnded();
        } else if (effect instanceof CrawlEffect.Overheard && isBehind) {
            return; // strangers cannot make us fall further behind
        }
        notes.add(new Keeper.Crawled(effect));
    }

    private void follow(FetchEffect effect) {
        switch (effect) {
            case FetchEffect.Connect(long connection, var peer) ->
                    streams.connect(connection, peer);
            case FetchEffect.Write(long connection, var bytes) -> streams.write(connection, bytes);
            case FetchEffect.Disconnect(long connection) -> streams.disconnect(connection);
            case FetchEffect.Fetched _, FetchEffect.Unusable _, FetchEffect.Failed _ ->
                    notes.add(new Keeper.Fetched(effect));
        }
    }

    private void broken(RuntimeException mistake) {
        LOG.error("the crawl has stopped by a mistake of its own", mistake);
        isBroken = true;
    }

    /// Keeps notes until the crawl is closed and none is left.
    private void keep() {
        var batch = new ArrayList<Keeper.Note>();
        try {
            while (!isClosed || !notes.isEmpty()) {
                var first = notes.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    notes.drainTo(batch, BATCH - 1);
                    var entries = keeper.keep(batch, Instant.now());
                    batch.clear();
                    if (!entries.isEmpty()) {
                        found.accept(entries);
                    }
                }
                hold();
                pause(mark.isSet());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("what the crawl finds cannot be kept, so it has stopped", e);
            isBroken = true;
        }
    }

    /// Has the walk wait for the fetcher and for the keeping, which take longer.
    private void hold() {
        isBehind = notes.size() > MANY_NOTES;
        int jobs = fetchLoop.ask(fetch::jobs).orElse(0);
        boolean isMuch = isBehind || jobs > MANY_JOBS;
        boolean isLittle = notes.size() < MANY_NOTES / 2 && jobs < MANY_JOBS / 2;
        if (isHeld ? isLittle : isMuch) {
            isHeld = !isHeld;
            give(new CrawlInput.Hold(isHeld));
        }
    }

    private void pause(boolean paused) {
        if (paused != isPaused) {
            isPaused = paused;
            give(new CrawlInput.Pause(paused));
            give(new FetchInput.Hold(paused));
        }
    }

    private final class Streams implements StreamPort.Listener {

        @Override
        public void connected(long connection) {
            fetching.handle(new FetchInput.Connected(connection));
        }

        @Override
        public void received(long connection, ByteBuffer bytes) {
            fetching.handle(new FetchInput.Received(connection, bytes));
        }

        @Override
        public void closed(long connection) {
            fetching.handle(new FetchInput.Closed(connection));
        }
    }
}
