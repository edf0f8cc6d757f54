package dev.starling.swarm;

import dev.starling.bencode.ByteString;
import dev.starling.metainfo.BlockRange;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One attempt at the info dictionary, of one claimed size (BEP 9): its blocks as they come and who
/// sent each. Holds memory only for blocks that have come.
final class MetadataAssembly {

    /// BEP 9: "The metadata is handled in blocks of 16KiB".
    static final int BLOCK_BYTES = BlockRange.BLOCK_BYTES;

    private final int sizeBytes;
    private final ByteString[] blocks;
    private final @Nullable PeerSession[] senders;
    private final byte[] askedCount;
    private int receivedCount;

    MetadataAssembly(int sizeBytes) {
        this.sizeBytes = sizeBytes;
        int count = (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        this.blocks = new ByteString[count];
        this.senders = new PeerSession[count];
        this.askedCount = new byte[count];
    }

    int sizeBytes() {
        return sizeBytes;
    }

    int blockCount() {
        return blocks.length;
    }

    int receivedCount() {
        return receivedCount;
    }

    boolean isComplete() {
        return receivedCount == blocks.length;
    }

    boolean hasReceived(int blockIndex) {
        return senders[blockIndex] != null;
    }

    int blockLength(int blockIndex) {
        return Math.min(BLOCK_BYTES, sizeBytes - blockIndex * BLOCK_BYTES);
    }

    /// The first missing block asked of fewest peers, of fewer than `limit` and not of `asked`; or
    /// -1.
    int nextToAsk(int limit, Set<Integer> asked) {
        int best = -1;
        for (int block = 0; block < blocks.length; block++) {
            if (senders[block] == null
                    && askedCount[block] < limit
                    && (best < 0 || askedCount[block] < askedCount[best])
                    && !asked.contains(block)) {
                best = block;
                if (askedCount[block] == 0) {
                    return best;
                }
            }
        }
        return best;
    }

    void asked(int blockIndex) {
        askedCount[blockIndex]++;
    }

    void released(int blockIndex) {
        askedCount[blockIndex]--;
    }

    /// Takes a block of the right length.
    void receive(int blockIndex, ByteString data, PeerSession from) {
        if (senders[blockIndex] == null) {
            blocks[blockIndex] = data;
            senders[blockIndex] = from;
            receivedCount++;
        }
    }

    Set<PeerSession> senders() {
        var all = new LinkedHashSet<PeerSession>();
        for (var sender : senders) {
            if (sender != null) {
                all.add(sender);
            }
        }
        return all;
    }

    /// Those who sent a block that is not part of the true dictionary.
    Set<PeerSession> liars(byte[] truth) {
        var liars = new LinkedHashSet<PeerSession>();
        for (int block = 0; block < blocks.length; block++) {
            var sender = senders[block];
            if (sender != null && !isPart(block, truth)) {
                liars.add(sender);
            }
        }
        return liars;
    }

    private boolean isPart(int blockIndex, byte[] truth) {
        return sizeBytes == truth.length
                && blocks[blockIndex].equals(
                        ByteString.of(truth, blockIndex * BLOCK_BYTES, blockLength(blockIndex)));
    }

    /// All bytes, once complete.
    byte[] toBytes() {
        byte[] bytes = new byte[sizeBytes];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block].copyTo(bytes, block * BLOCK_BYTES);
        }
        return bytes;
    }
}
