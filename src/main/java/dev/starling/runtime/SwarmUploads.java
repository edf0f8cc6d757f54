package dev.starling.runtime;

import dev.starling.disk.Storage;
import dev.starling.metainfo.BlockRange;
import dev.starling.net.MachineLoop;
import dev.starling.net.NetLoop;
import dev.starling.swarm.ConnectionId;
import dev.starling.swarm.SwarmEffect;
import dev.starling.swarm.SwarmInput;
import dev.starling.wire.WireEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Brings blocks from the disk to peers, those together that a peer asked for together. Confined to
/// the peers' loop.
///
/// The disk thread reads them into one buffer and writes the header of each before it, so that the
/// loop has one thing to send and not two for every block.
final class SwarmUploads {

    private final NetLoop loop;
    private final MachineLoop<SwarmInput, ?> machine;
    private final SwarmPeers peers;
    private final List<SwarmEffect.Upload> asked = new ArrayList<>();

    SwarmUploads(NetLoop loop, MachineLoop<SwarmInput, ?> machine, SwarmPeers peers) {
        this.loop = loop;
        this.machine = machine;
        this.peers = peers;
    }

    /// Notes what is to be sent; [#read] has it done.
    void add(SwarmEffect.Upload upload) {
        asked.add(upload);
    }

    /// Reads all that was noted.
    void read(Storage storage) {
        int begin = 0;
        while (begin < asked.size()) {
            int end = begin + 1;
            while (end < asked.size()
                    && end - begin < Storage.MAX_RUN_BLOCKS
                    && isOne(begin, end)) {
                end++;
            }
            var blocks = new ArrayList<BlockRange>(end - begin);
            for (var upload : asked.subList(begin, end)) {
                blocks.add(upload.range());
            }
            var run = new Storage.Run(blocks, WireEncoder.PIECE_HEADER_BYTES);
            storage.read(run, new Reading(asked.get(begin).connection(), run));
            begin = end;
        }
        asked.clear();
    }

    /// Whether two uploads go from one piece to one peer.
    private boolean isOne(int first, int second) {
        var one = asked.get(first);
        var other = asked.get(second);
        return one.connection().equals(other.connection())
                && one.range().pieceIndex() == other.range().pieceIndex();
    }

    /// Blocks being read.
    private final class Reading implements Storage.ReadCallback {

        private final ConnectionId connection;
        private final Storage.Run run;

        Reading(ConnectionId connection, Storage.Run run) {
            this.connection = connection;
            this.run = run;
        }

        @Override
        public void read(ByteBuffer data, Runnable release) {
            for (var block : run.blocks()) {
                WireEncoder.pieceHeader(
                        block.pieceIndex(), block.offsetBytes(), block.lengthBytes(), data);
                data.position(data.position() + block.lengthBytes());
            }
            loop.execute(new Blocks(connection, run, data.flip(), release));
        }

        @Override
        public void failed(String reason) {
            for (var block : run.blocks()) {
                machine.post(new SwarmInput.Uploaded(connection, block));
            }
        }
    }

    /// Blocks on their way from disk to network, on the loop. A class, since these are made all the
    /// time; see [dev.starling.net.PeerConnection].
    private final class Blocks implements Runnable {

        private final ConnectionId connection;
        private final Storage.Run run;
        private final ByteBuffer messages;
        private final Runnable release;

        Blocks(ConnectionId connection, Storage.Run run, ByteBuffer messages, Runnable release) {
            this.connection = connection;
            this.run = run;
            this.messages = messages;
            this.release = release;
        }

        @Override
        public void run() {
            peers.upload(connection, run.blocks(), messages, release);
        }
    }
}
