package dev.starling.krpc;

import static dev.starling.bencode.BencodeReader.ABSENT;

import dev.starling.bencode.BencodeReader;
import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import dev.starling.item.Item;
import dev.starling.item.PublicKey;
import dev.starling.krpc.KrpcResponse.Extra;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what answers to the queries of BEP 33, 44 and 51 carry besides. What is malformed counts
/// as absent: the rest of the answer is still good.
final class ExtraReader {

    /// A bloom filter of BEP 33.
    private static final int FILTER_BYTES = 256;

    /// Samples beyond these are ignored; a datagram of 1,500 bytes has room for 70.
    private static final int MAX_SAMPLES = 100;

    /// The longest interval of BEP 51, six hours.
    private static final long MAX_INTERVAL_SECONDS = 21_600;

    private static final int SIGNATURE_BYTES = 64;

    private final BencodeReader bencode;
    private final CompactReader compact;

    ExtraReader(BencodeReader bencode, CompactReader compact) {
        this.bencode = bencode;
        this.compact = compact;
    }

    Extra read(int r) {
        int v = bencode.find(r, "v");
        int seq = bencode.find(r, "seq");
        if (v != ABSENT || seq != ABSENT) {
            return stored(r, v, seq);
        }
        int samples = bencode.find(r, "samples");
        if (samples != ABSENT) {
            return samples(r, samples);
        }
        int peers = bencode.find(r, "BFpe");
        int seeds = bencode.find(r, "BFsd");
        boolean areFilters =
                bencode.stringLengthBytes(peers) == FILTER_BYTES
                        && bencode.stringLengthBytes(seeds) == FILTER_BYTES;
        return areFilters
                ? new KrpcResponse.Scrape(bencode.string(peers), bencode.string(seeds))
                : Extra.NONE;
    }

    private Extra samples(int r, int samples) {
        int length = bencode.stringLengthBytes(samples);
        if (length < 0 || length % Id.LENGTH_BYTES != 0) {
            return Extra.NONE;
        }
        var infoHashes = new ArrayList<Id>();
        for (int i = 0; i < Math.min(MAX_SAMPLES, length / Id.LENGTH_BYTES); i++) {
            infoHashes.add(compact.idAt(bencode.stringOffset(samples) + i * Id.LENGTH_BYTES));
        }
        long interval = bencode.integer(bencode.find(r, "interval"), 0);
        long total = bencode.integer(bencode.find(r, "num"), infoHashes.size());
        return new KrpcResponse.Samples(
                Math.clamp(interval, 0, MAX_INTERVAL_SECONDS),
                Math.max(total, infoHashes.size()),
                infoHashes);
    }

    private static Extra onlyNumber(OptionalLong number) {
        return number.isPresent() ? new KrpcResponse.Stored(Optional.empty(), number) : Extra.NONE;
    }

    private Extra stored(int r, int v, int seq) {
        var number =
                bencode.isInteger(seq)
                        ? OptionalLong.of(bencode.integer(seq, 0))
                        : OptionalLong.empty();
        var value = bencode.encoded(v);
        if (value.isEmpty() || value.lengthBytes() > Item.MAX_VALUE_BYTES) {
            return onlyNumber(number);
        }
        int k = bencode.find(r, "k");
        if (k == ABSENT) {
            return KrpcResponse.Stored.of(new Item.Immutable(value));
        }
        int sig = bencode.find(r, "sig");
        if (bencode.stringLengthBytes(k) != PublicKey.LENGTH_BYTES
                || bencode.stringLengthBytes(sig) != SIGNATURE_BYTES
                || number.isEmpty()) {
            return onlyNumber(number);
        }
        return KrpcResponse.Stored.of(
                new Item.Mutable(
                        new PublicKey(bencode.string(k)),
                        ByteString.EMPTY, // not sent back; whoever asked knows it
                        number.getAsLong(),
                        value,
                        bencode.string(sig)));
    }
}
