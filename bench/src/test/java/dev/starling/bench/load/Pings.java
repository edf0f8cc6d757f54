package dev.starling.bench.load;

import dev.starling.id.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Random;

/// Pings without end, by one node that never sends them; counts what it is told.
final class Pings implements Questions, AutoCloseable {

    private final LoadNodes nodes;
    int asked;
    int answered;
    int granted;

    private Pings(LoadNodes nodes) {
        this.nodes = nodes;
    }

    static Pings open() {
        var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try {
            return new Pings(new LoadNodes(1, nobody, new Random(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Question> next() {
        asked++;
        return Optional.of(new Question(nodes.all.getFirst(), LoadMix.Kind.PING, Id.ZERO));
    }

    @Override
    public void granted(Question question, byte[] token) {
        granted++;
    }

    @Override
    public void answered(Question question, ReplyReader reply) {
        answered++;
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public void close() throws IOException {
        nodes.close();
    }
}
