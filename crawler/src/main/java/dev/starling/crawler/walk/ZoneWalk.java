package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One sweep of one zone: asks every node in it that anyone names, once, and follows up the
/// infohashes they hold.
///
/// A node is asked for its infohashes if it is time, else for nodes. Either way it names its
/// contacts near a target: its own id with one bit inverted, of those that lead to zone mates.
/// Which bit is drawn by lot, so that each node comes to be named by some eight others, drawn from
/// all over the zone. Who does not answer is asked again, but for nodes only: it may have counted
/// the first question towards its interval. Bounded in nodes.
final class ZoneWalk implements Asker {

    /// Beyond the expected number a zone fills with nodes that someone invents.
    private static final int MAX_EXCESS = 8;

    private static final int MIN_BOUND = 2_048;

    /// However many are expected: those invented in one zone must not make more room for them in
    /// the next.
    private static final int MAX_BOUND = 4_096;

    /// Contacts taken from one answer: a bucket of each family (BEP 5, BEP 32).
    private static final int MAX_NAMED = 16;

    /// The longest interval of BEP 51: a node that may have heard us is left alone so long.
    private static final long LONGEST_INTERVAL_SECONDS = 21_600;

    /// A node that knows nothing of such questions is asked again when it may have been replaced.
    private static final long REFUSED_SECONDS = 86_400;

    /// Contacts a bucket holds: beyond the bit where a zone has fewer nodes than that, answers
    /// would hold them all again and again.
    private static final int BUCKET_SIZE = 8;

    /// How many of a zone's nodes are remembered as landmarks.
    private static final int LANDMARKS = 4;

    /// Entering a zone is tried again if it holds less than half of what its neighbours do.
    private static final int MAX_APPROACHES = 3;

    private final Zone zone;
    private final Plan plan;
    private final Circumstances world;
    private final Swarms swarms;
    private final int flippable;
    private final Crowd crowd;
    private final Map<Endpoint, ZoneNode> nodes = new LinkedHashMap<>();
    private int unsettled;
    private int underWay;
    private int answered;
    private int approaches;
    private Approach approach;
    private boolean isLoaded;
    private boolean isClosing;

    /// What a zone is to be like.
    ///
    /// @param expected nodes, dead ones included
    /// @param attempts questions to one that is silent
    record Plan(double expected, int attempts) {}

    ZoneWalk(Zone zone, Plan plan, Circumstances world) {
        this.zone = zone;
        this.plan = plan;
        this.world = world;
        swarms = new Swarms(zone, world);
        crowd = new Crowd(world.random());
        approach = new Approach(this, world);
        int levels = (int) Math.floor(Math.log(plan.expected() / BUCKET_SIZE) / Math.log(2));
        flippable = Math.clamp(levels, 1, Id.LENGTH_BITS - zone.bits());
    }

    Zone zone() {
        return zone;
    }

    Swarms swarms() {
        return swarms;
    }

    int size() {
        return nodes.size();
    }

    int answered() {
        return answered;
    }

    /// Begins with what earlier sweeps left.
    ///
    /// @param known contacts near the zone
    void begin(CrawlInput.ZoneLoaded loaded, List<Contact> known, Turn turn) {
        isLoaded = true;
        loaded.nodes().forEach(this::add);
        loaded.wanted().forEach(swarms::want);
        approaches++;
        approach.begin(known);
        moved(turn);
    }

    /// A contact that someone names.
    ///
    /// @param isByMate whether a node of the zone does
    void offer(Contact contact, boolean isByMate) {
        if (!zone.contains(contact.id())) {
            return;
        }
        var node = nodes.get(contact.endpoint());
        if (node == null) {
            node = add(NodeRow.unknown(contact));
        } else if (!node.contact.equals(contact)
                && node.state == ZoneNode.State.SILENT
                && !node.isSuccessor) {
            node = succeed(contact);
        }
        if (isByMate && node != null && node.contact.equals(contact)) {
            node.listings++;
        }
    }

    /// Once, another node may live where one is silent.
    private ZoneNode succeed(Contact contact) {
        var node = new ZoneNode(NodeRow.unknown(contact));
        node.isSuccessor = true;
        nodes.put(contact.endpoint(), node);
        unsettled++;
        ask(node);
        return node;
    }

    private @Nullable ZoneNode add(NodeRow row) {
        var contact = row.contact();
        long bound = Math.clamp((long) (MAX_EXCESS * plan.expected()), MIN_BOUND, MAX_BOUND);
        if (nodes.size() >= bound
                || nodes.containsKey(contact.endpoint())
                || !zone.contains(contact.id())) {
            return null;
        }
        if (!world.rules().allow(contact.endpoint())) {
            world.tally().refused++;
            return null;
        }
        if (!crowd.admit(contact.endpoint().address())) {
            return null;
        }
        var node = new ZoneNode(row);
        nodes.put(contact.endpoint(), node);
        unsettled++;
        ask(node);
        return node;
    }

    private void ask(ZoneNode node) {
        node.attempts++;
        node.underWay++;
        underWay++;
        int bit = zone.bits() + world.random().nextInt(flippable);
        world.asking()
                .add(
                        new Question(
                                this,
                                node.contact,
                                Question.Kind.FIND_NODE,
                                node.contact.id().flipped(bit),
                                node.attempts));
    }

    @Override
    public Question.Kind kindOf(Question question, Turn turn) {
        var node = nodes.get(question.to.endpoint());
        if (node == null
                || question.attempt > 1
                || node.sampleDueSeconds > world.seconds(turn.nowNanos())) {
            return Question.Kind.FIND_NODE;
        }
        node.isSampleAsked = true;
        node.sampleDueSeconds = world.seconds(turn.nowNanos()) + LONGEST_INTERVAL_SECONDS;
        turn.emit(new CrawlEffect.Saw(node.asked()));
        return Question.Kind.SAMPLE;
    }

    @Override
    public void answered(Question question, KrpcResponse response, Turn turn) {
        underWay--;
        var node = nodes.get(question.to.endpoint());
        if (node != null) {
            node.underWay--;
            boolean isSampled = response.extra() instanceof KrpcResponse.Samples;
            if (node.isSampleAsked && response.extra() instanceof KrpcResponse.Samples samples) {
                world.tally().nodesSampled++;
                node.sampleDueSeconds = world.seconds(turn.nowNanos()) + samples.intervalSeconds();
                samples.infoHashes().forEach(hash -> swarms.sighted(hash, node.contact, turn));
            }
            boolean isFirst = node.state != ZoneNode.State.ANSWERED;
            settleAnswered(node, question.attempt, turn);
            if (isFirst || isSampled) {
                turn.emit(new CrawlEffect.Saw(node.row(world.seconds(turn.nowNanos()))));
            }
            response.nodes().stream().limit(MAX_NAMED).forEach(contact -> offer(contact, true));
        }
        moved(turn);
    }

    @Override
    public void refused(Question question, Turn turn) {
        underWay--;
        var node = nodes.get(question.to.endpoint());
        if (node != null) {
            node.underWay--;
            if (question.kind == Question.Kind.SAMPLE) {
                node.sampleDueSeconds = world.seconds(turn.nowNanos()) + REFUSED_SECONDS;
            }
            boolean isFirst = node.state != ZoneNode.State.ANSWERED;
            settleAnswered(node, question.attempt, turn);
            if (isFirst) {
                turn.emit(new CrawlEffect.Saw(node.row(world.seconds(turn.nowNanos()))));
                if (question.kind == Question.Kind.SAMPLE) {
                    ask(node); // it still can name its contacts
                }
            }
        }
        moved(turn);
    }

    private void settleAnswered(ZoneNode node, int attempt, Turn turn) {
        if (node.state == ZoneNode.State.ANSWERED) {
            return;
        }
        if (node.state == ZoneNode.State.SILENT) {
            unsettled++;
        }
        node.state = ZoneNode.State.ANSWERED;
        node.answeredAttempt = attempt;
        unsettled--;
        answered++;
        world.tally().nodesVisited++;
        turn.emit(new CrawlEffect.Visited(node.contact.id()));
        if (answered <= LANDMARKS) {
            world.landmarks().add(node.contact);
        }
    }

    @Override
    public void overdue(Question question, Turn turn) {
        var node = nodes.get(question.to.endpoint());
        if (node != null
                && node.state != ZoneNode.State.ANSWERED
                && node.attempts < plan.attempts()) {
            ask(node);
        }
    }

    @Override
    public void lost(Question question, Turn turn) {
        underWay--;
        var node = nodes.get(question.to.endpoint());
        if (node != null) {
            node.underWay--;
            if (node.state == ZoneNode.State.NAMED && node.underWay == 0) {
                node.state = ZoneNode.State.SILENT;
                unsettled--;
                turn.emit(new CrawlEffect.Saw(node.row(world.seconds(turn.nowNanos()))));
            }
        }
        moved(turn);
    }

    /// Something was settled: sees to what comes next when all is.
    void moved(Turn turn) {
        if (!isLoaded || unsettled > 0 || approach.isUnderWay()) {
            return;
        }
        if (answered < plan.expected() / 4 && approaches < MAX_APPROACHES) {
            approaches++;
            approach = new Approach(this, world);
            approach.begin(List.of());
            if (approach.isUnderWay() || unsettled > 0) {
                return;
            }
        }
        if (!isClosing) {
            isClosing = true;
            swarms.close(answeredContacts(), turn);
        }
    }

    /// Whether there is nothing left to do here.
    boolean isDone() {
        return isClosing && underWay == 0 && !approach.isUnderWay() && swarms.isDone();
    }

    private List<Contact> answeredContacts() {
        var contacts = new ArrayList<Contact>(answered);
        for (var node : nodes.values()) {
            if (node.state == ZoneNode.State.ANSWERED) {
                contacts.add(node.contact);
            }
        }
        return contacts;
    }

    ZoneCount count() {
        int once = 0;
        int twice = 0;
        int first = 0;
        int second = 0;
        for (var node : nodes.values()) {
            if (node.state == ZoneNode.State.ANSWERED) {
                once += node.listings == 1 ? 1 : 0;
                twice += node.listings == 2 ? 1 : 0;
                first += node.answeredAttempt == 1 ? 1 : 0;
                second += node.answeredAttempt == 2 ? 1 : 0;
            }
        }
        int silent = nodes.size() - answered;
        return new ZoneCount(answered, once, twice, first, second, plan.attempts(), silent);
    }
}
