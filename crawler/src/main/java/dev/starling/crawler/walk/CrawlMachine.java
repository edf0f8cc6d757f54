package dev.starling.crawler.walk;

import dev.starling.dht.DhtEffect;
import dev.starling.dht.DhtInput;
import dev.starling.dht.DhtNode;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcError;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcResponse;
import dev.starling.machine.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The crawl: sweeps the keyspace zone by zone, and answers queries like any node.
///
/// For each local id there is a [DhtNode] that joins, answers and keeps its table. Beside them a
/// [Cursor] goes over the keyspace in zones of some five hundred nodes, many at a time, and
/// [ZoneWalk] sweeps each. All questions pass one place, where the [Budget] and the [AddressRules]
/// are kept. Memory is bounded by the zones that are open, not by the network.
public final class CrawlMachine implements StateMachine<CrawlInput, CrawlEffect> {

    private final Settings settings;
    private final List<DhtNode> nodes = new ArrayList<>();
    private final Overhearing overhearing = new Overhearing();
    private final KrpcCodec codec = new KrpcCodec();
    private final Questions questions;
    private final Asking asking = new Asking();
    private final Budget budget;
    private final Tally tally = new Tally();
    private final Cursor cursor;
    private long sendingNanos = NO_DEADLINE;
    private boolean isPaused;

    /// How to crawl.
    ///
    /// @param ids one node each
    /// @param readOnly BEP 43
    /// @param v4 whether an IPv4 socket exists
    /// @param v6 whether an IPv6 socket exists
    /// @param queriesPerSecond in all
    /// @param wallClockOffsetMillis wall-clock milliseconds at `nowNanos` 0
    public record Settings(
            List<Id> ids,
            Slice slice,
            AddressRules rules,
            boolean readOnly,
            boolean v4,
            boolean v6,
            int queriesPerSecond,
            long wallClockOffsetMillis) {
        public Settings {
            ids = List.copyOf(ids);
            if (ids.isEmpty() || queriesPerSecond < 1) {
                throw new IllegalArgumentException(
                        ids.size() + " ids and " + queriesPerSecond + " queries a second");
            }
        }
    }

    /// @param random makes transaction ids and tokens, so outside of tests it must not be
    ///   predictable
    public CrawlMachine(Settings settings, RandomGenerator random) {
        this.settings = settings;
        for (var id : settings.ids()) {
            var node =
                    new DhtNode.Settings(
                            id,
                            settings.readOnly(),
                            settings.v4(),
                            settings.v6(),
                            settings.wallClockOffsetMillis());
            nodes.add(new DhtNode(node, overhearing, random));
        }
        questions = new Questions(random);
        budget = new Budget(settings.queriesPerSecond(), random);
        var world =
                new Circumstances(
                        asking,
                        settings.rules(),
                        new Landmarks(),
                        random,
                        tally,
                        settings.wallClockOffsetMillis() / 1000);
        cursor = new Cursor(settings, nodes, world);
    }

    @Override
    public void handle(CrawlInput input, long nowNanos, Consumer<? super CrawlEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        switch (input) {
            case CrawlInput.Datagram(int node, var from, var payload) ->
                    receive(node, from, payload, turn);
            case CrawlInput.Bootstrap(var saved, var routers) -> {
                for (int node = 0; node < nodes.size(); node++) {
                    give(node, new DhtInput.Bootstrap(saved, routers), turn);
                }
            }
            case CrawlInput.Resume resume -> cursor.resume(resume);
            case CrawlInput.ZoneLoaded loaded -> cursor.loaded(loaded, turn);
            case CrawlInput.Judged(var zone, var infoHash, var verdict) ->
                    cursor.judged(zone, infoHash, verdict, turn);
            case CrawlInput.Unfinished(var infoHash, var reporters) ->
                    cursor.unfinished(infoHash, reporters, turn);
            case CrawlInput.Hold(boolean isHeld) -> cursor.hold(isHeld);
            case CrawlInput.Pause(boolean paused) -> {
                isPaused = paused;
                cursor.pause(paused);
            }
        }
        proceed(turn);
    }

    @Override
    public void expire(long nowNanos, Consumer<? super CrawlEffect> effects) {
        var turn = new Turn(nowNanos, effects);
        for (int node = 0; node < nodes.size(); node++) {
            int number = node;
            nodes.get(node).expire(nowNanos, effect -> follow(number, effect, turn));
        }
        for (var late = questions.nextOverdue(nowNanos);
                late.isPresent();
                late = questions.nextOverdue(nowNanos)) {
            late.get().asker.overdue(late.get(), turn);
        }
        for (var lost = questions.nextLost(nowNanos);
                lost.isPresent();
                lost = questions.nextLost(nowNanos)) {
            lost.get().asker.lost(lost.get(), turn);
        }
        proceed(turn);
    }

    @Override
    public long nextDeadlineNanos() {
        long deadline = Math.min(questions.nextDeadlineNanos(), cursor.nextDeadlineNanos());
        for (var node : nodes) {
            deadline = Math.min(deadline, node.nextDeadlineNanos());
        }
        return Math.min(deadline, sendingNanos);
    }

    public CrawlStats stats() {
        return cursor.stats(questions.inFlight());
    }

    /// Contacts of the first node's table, for saving.
    public List<Contact> contacts() {
        return nodes.getFirst().contacts().stream().map(state -> state.contact()).toList();
    }

    private void receive(int node, Endpoint from, ByteBuffer payload, Turn turn) {
        if (codec.decode(payload) instanceof KrpcCodec.Message(var message)) {
            switch (message) {
                case KrpcResponse response when Questions.isOurs(response.transaction()) -> {
                    answered(response, from, turn);
                    return;
                }
                case KrpcError error when Questions.isOurs(error.transaction()) -> {
                    questions
                            .close(error.transaction(), from, turn.nowNanos())
                            .ifPresent(question -> question.asker.refused(question, turn));
                    return;
                }
                case KrpcQuery.GetPeers get ->
                        turn.emit(new CrawlEffect.Overheard(get.infoHash(), List.of()));
                case KrpcMessage _ -> {}
            }
        }
        give(node, new DhtInput.Datagram(from, payload), turn);
        for (var announce : overhearing.take()) {
            if (settings.rules().allow(announce.peer())) {
                turn.emit(new CrawlEffect.Overheard(announce.infoHash(), List.of(announce.peer())));
            }
        }
    }

    private void answered(KrpcResponse response, Endpoint from, Turn turn) {
        questions
                .close(response.transaction(), from, turn.nowNanos())
                .ifPresent(question -> {
                    tally.replies++;
                    if (response.sender().equals(question.to.id())) {
                        question.asker.answered(question, response, turn);
                    } else {
                        question.asker.lost(question, turn); // another node lives there
                    }
                });
    }

    private void give(int node, DhtInput input, Turn turn) {
        nodes.get(node).handle(input, turn.nowNanos(), effect -> follow(node, effect, turn));
    }

    private void follow(int node, DhtEffect effect, Turn turn) {
        switch (effect) {
            case DhtEffect.Send(var to, var datagram) -> {
                if (settings.rules().allow(to)) {
                    turn.emit(new CrawlEffect.Send(node, to, datagram));
                }
            }
            case DhtEffect.Bootstrapped _ -> cursor.joined();
            case DhtEffect.BootstrapStalled _,
                    DhtEffect.IdChanged _,
                    DhtEffect.ForCommand _ -> {} // concerns that node alone
        }
    }

    /// Finishes what is done, begins what may begin, and sends what the budget allows.
    private void proceed(Turn turn) {
        cursor.proceed(turn, questions.inFlight());
        sendingNanos = NO_DEADLINE;
        while (!isPaused && !questions.isFull()) {
            if (!budget.hasTotal(turn.nowNanos())) {
                if (asking.waiting() > 0) {
                    sendingNanos = budget.nextNanos(turn.nowNanos());
                }
                return;
            }
            var next = asking.next(turn.nowNanos());
            if (next.isEmpty()) {
                sendingNanos = asking.nextNanos();
                return;
            }
            if (budget.take(next.get().to.endpoint().address(), turn.nowNanos())) {
                send(next.get(), turn);
            } else {
                asking.putOff(next.get(), turn.nowNanos());
            }
        }
    }

    private void send(Question question, Turn turn) {
        question.kind = question.asker.kindOf(question, turn);
        int node = (int) (((question.target.high() >>> 32) * nodes.size()) >>> 32);
        var header =
                new KrpcQuery.Header(
                        questions.open(question, turn.nowNanos()),
                        nodes.get(node).id(),
                        settings.readOnly(),
                        KrpcCodec.VERSION);
        var want = KrpcQuery.Want.UNSPECIFIED;
        var query =
                switch (question.kind) {
                    case FIND_NODE -> new KrpcQuery.FindNode(header, question.target, want);
                    case SAMPLE -> new KrpcQuery.SampleInfohashes(header, question.target, want);
                    case SCRAPE ->
                            new KrpcQuery.GetPeers(header, question.target, want, false, true);
                };
        tally.queries++;
        turn.emit(new CrawlEffect.Send(node, question.to.endpoint(), codec.encode(query)));
    }
}
