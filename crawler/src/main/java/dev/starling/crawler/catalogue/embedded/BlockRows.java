package dev.starling.crawler.catalogue.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.starling.crawler.catalogue.AuditLine;
import dev.starling.crawler.catalogue.Block;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.Blocks.Note;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.crawler.catalogue.embedded.StateStore.Family;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Blocks and the audit log as rows.
final class BlockRows {

    private final StateStore store;

    BlockRows(StateStore store) {
        this.store = store;
    }

    enum State {
        APPLYING,
        DONE,
        LIFTING
    }

    /// A block, its place among the others, and how far it was carried out.
    record Stored(Block block, long number, State state) {
        Stored now(State next) {
            return new Stored(block, number, next);
        }
    }

    /// In the order they were added.
    List<Stored> readAll() throws IOException {
        List<Stored> all = new ArrayList<>();
        store.walk(Family.BLOCKS, (key, value) -> all.add(decode(key, value)));
        all.sort(Comparator.comparingLong(Stored::number));
        return all;
    }

    Stored begin(Block block) throws IOException {
        return write(new Stored(block, next(), State.APPLYING));
    }

    Stored lifting(Stored there) throws IOException {
        return write(there.now(State.LIFTING));
    }

    private Stored write(Stored each) throws IOException {
        store.write(batch -> batch.put(Family.BLOCKS, key(each.block().rule()), encode(each)));
        return each;
    }

    Stored done(Stored begun, AuditLine line) throws IOException {
        var done = begun.now(State.DONE);
        byte[] number = StateStore.key(next());
        store.write(batch -> {
            batch.put(Family.BLOCKS, key(done.block().rule()), encode(done));
            batch.put(Family.AUDIT, number, encode(line));
        });
        return done;
    }

    void remove(BlockRule rule, AuditLine line) throws IOException {
        byte[] number = StateStore.key(next());
        store.write(batch -> {
            batch.delete(Family.BLOCKS, key(rule));
            batch.put(Family.AUDIT, number, encode(line));
        });
    }

    /// Newest first.
    List<AuditLine> audit(int limit) throws IOException {
        List<AuditLine> lines = new ArrayList<>();
        store.walkBack(
                Family.AUDIT,
                (_, value) -> {
                    if (lines.size() < limit) {
                        lines.add(decodeLine(value));
                    }
                    return lines.size() < limit;
                });
        return lines;
    }

    /// A number above those of all audit lines, of which every change of a block leaves one.
    private long next() throws IOException {
        long[] last = {0};
        store.walkBack(
                Family.AUDIT,
                (key, _) -> {
                    last[0] = StateStore.number(key);
                    return false;
                });
        return last[0] + 1;
    }

    private static byte[] key(BlockRule rule) {
        return RuleText.write(rule).getBytes(UTF_8);
    }

    private static byte[] encode(Stored each) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(each.state().name());
            out.writeLong(each.number());
            out.writeLong(each.block().since().getEpochSecond());
            out.writeUTF(each.block().note().who());
            out.writeUTF(each.block().note().why());
        }
        return bytes.toByteArray();
    }

    private static Stored decode(byte[] key, byte[] value) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(value))) {
            var state = State.valueOf(in.readUTF());
            long number = in.readLong();
            var since = Instant.ofEpochSecond(in.readLong());
            var note = new Note(in.readUTF(), in.readUTF());
            var rule = RuleText.parse(new String(key, UTF_8));
            return new Stored(new Block(rule, since, note), number, state);
        }
    }

    private static byte[] encode(AuditLine line) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(line.when().getEpochSecond());
            out.writeUTF(line.action().name());
            out.writeUTF(RuleText.write(line.rule()));
            out.writeLong(line.torrents());
            out.writeUTF(line.note().who());
            out.writeUTF(line.note().why());
        }
        return bytes.toByteArray();
    }

    private static AuditLine decodeLine(byte[] value) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(value))) {
            return new AuditLine(
                    Instant.ofEpochSecond(in.readLong()),
                    AuditLine.Action.valueOf(in.readUTF()),
                    RuleText.parse(in.readUTF()),
                    in.readLong(),
                    new Note(in.readUTF(), in.readUTF()));
        }
    }
}
