package dev.starling.bench.load;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.Output;
import dev.starling.node.Units;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/// A node's lives under steady load, one after the other: each ends by `kill -9`, and what the node
/// acknowledged before is asked of the next.
final class Soak implements AutoCloseable {

    /// @param killEvery zero for never
    record Plan(Duration duration, long perSecond, Duration killEvery, int nodes, long seed) {}

    /// How often memory is looked at.
    private static final long SAMPLE_NANOS = 5_000_000_000L;

    /// As long as answers to what is on its way may take, and a moment more.
    private static final long DRAIN_NANOS = 1_200_000_000L;

    private static final long ROUND_NANOS = 120_000_000_000L;
    private static final int ROUNDS = 3;
    private static final int IN_FLIGHT = 256;

    /// Latencies are that coarse; in exchange the generator sleeps most of the time.
    private static final int REST_MILLIS = 2;

    private final Plan plan;
    private final Path data;
    private final Output output;
    private final long beginNanos = System.nanoTime();
    private final SoakCount count = new SoakCount();
    private final LoadNodes nodes;
    private final LoadLoop loop;
    private final SoakQuestions questions;
    private final int port;
    private OwnNode node;
    private long nextSampleNanos = beginNanos;

    Soak(Plan plan, Path data, Output output) throws Failure, IOException, InterruptedException {
        this.plan = plan;
        this.data = data;
        this.output = output;
        node = OwnNode.start(data, 0);
        port = node.port();
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var random = new SplittableRandom(plan.seed());
        nodes = new LoadNodes(plan.nodes(), target, random);
        loop = new LoadLoop(nodes.selector, IN_FLIGHT, false);
        questions = new SoakQuestions(nodes.all, random.split(), System::currentTimeMillis);
        Introductions.run(loop, nodes.all, random, pace(), ROUND_NANOS);
    }

    SoakCount run() throws Failure, IOException, InterruptedException {
        long endNanos = System.nanoTime() + plan.duration().toNanos();
        while (System.nanoTime() < endNanos) {
            long lifeNanos = endNanos - System.nanoTime();
            boolean isToDie = !plan.killEvery().isZero();
            if (isToDie) {
                lifeNanos = Math.min(lifeNanos, plan.killEvery().toNanos());
            }
            count.add(loop.run(questions, pace(), lifeNanos, _ -> sample()));
            if (isToDie) {
                killAndStart();
            }
            count.add(recall());
            questions.resume();
            tell();
        }
        count.end(node.pid(), (System.nanoTime() - beginNanos) / 1e9);
        return count;
    }

    private LoadLoop.Pace pace() {
        return new LoadLoop.Pace(IN_FLIGHT, plan.perSecond(), REST_MILLIS);
    }

    /// Acknowledgements that had left the node before its end still count.
    private void killAndStart() throws Failure, IOException, InterruptedException {
        count.lived(node.pid());
        node.close();
        long killedNanos = System.nanoTime();
        questions.pause();
        loop.run(questions, pace(), DRAIN_NANOS, _ -> {});
        long startNanos = System.nanoTime();
        node = OwnNode.start(data, port);
        count.killed((killedNanos - beginNanos) / 1e9, (System.nanoTime() - startNanos) / 1e9);
    }

    private Recall.Verdict recall() throws IOException {
        var recall = new Recall(questions.acknowledged(), nodes.all, System::currentTimeMillis);
        for (int i = 0; i < ROUNDS && recall.beginRound(); i++) {
            loop.run(recall, pace(), ROUND_NANOS, _ -> sample());
        }
        return recall.verdict();
    }

    private void sample() {
        if (System.nanoTime() < nextSampleNanos) {
            return;
        }
        nextSampleNanos = System.nanoTime() + SAMPLE_NANOS;
        try {
            long bytes = new ProcessCpu(node.pid()).residentBytes();
            count.sampled((System.nanoTime() - beginNanos) / 1e9, bytes);
        } catch (Failure e) {
            throw new IllegalStateException("the node under load has ended by itself", e);
        }
    }

    private void tell() {
        var verdict = count.verdict();
        long seconds = (System.nanoTime() - beginNanos) / 1_000_000_000;
        output.event(
                Event.of("life")
                        .number("seconds", seconds)
                        .number("kills", count.kills())
                        .number("announced", questions.acknowledged().count())
                        .number("asked", verdict.asked())
                        .number("lost", verdict.lost())
                        .number("residentBytes", count.lastBytes()));
        output.progress(
                "%s: %s, %,d of %,d peers lost, %s resident"
                        .formatted(
                                Units.duration(Duration.ofSeconds(seconds)),
                                Units.count(count.kills(), "kill"),
                                verdict.lost(),
                                verdict.asked(),
                                Units.bytes(count.lastBytes())));
    }

    long announced() {
        return questions.acknowledged().count();
    }

    @Override
    public void close() throws IOException {
        node.close();
        nodes.close();
    }
}
