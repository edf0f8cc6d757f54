package dev.starling.bench.micro;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.BencodeReader;
import dev.starling.bencode.BencodeWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading and writing a .torrent's dictionary of 1,000 files, and scanning a small datagram.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BencodeBenchmark {

    private static final int FILES = 1_000;
    private static final int PIECES_BYTES = 20 * 1_000;

    private final BencodeReader reader = new BencodeReader();
    private final BencodeWriter writer = new BencodeWriter();
    private final byte[] pieces = new byte[PIECES_BYTES];
    private byte[] torrent = new byte[0];
    private byte[] datagram = new byte[0];

    @Setup
    public void prepare() {
        Samples.random().nextBytes(pieces);
        write();
        torrent = writer.toBytes();
        writer.reset();
        writer.beginDictionary().key("a").beginDictionary();
        writer.key("id").string(pieces, 0, 20).key("target").string(pieces, 20, 20).end();
        writer.key("q").text("find_node").key("t").text("aa").key("y").text("q").end();
        datagram = writer.toBytes();
    }

    @Benchmark
    public boolean readTorrent() {
        return reader.read(torrent, 0, torrent.length, Bencode.Limits.TORRENT, Bencode.Mode.STRICT);
    }

    @Benchmark
    public boolean readDatagram() {
        return reader.read(
                datagram, 0, datagram.length, Bencode.Limits.DATAGRAM, Bencode.Mode.STRICT);
    }

    @Benchmark
    public int write() {
        writer.reset();
        writer.beginDictionary().key("files").beginList();
        for (int i = 0; i < FILES; i++) {
            writer.beginDictionary().key("length").integer(i * 1_000L);
            writer.key("path").beginList().text("folder").text("a file").end().end();
        }
        writer.end().key("name").text("sample").key("piece length").integer(1 << 20);
        writer.key("pieces").string(pieces).end();
        return writer.lengthBytes();
    }
}
