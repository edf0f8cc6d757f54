package dev.starling.crawler.fetch;

import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.wire.Handshake;
import dev.starling.wire.WireEncoder;
import dev.starling.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One connection with one peer, for one info dictionary: handshake, extension handshake, blocks.
///
/// All blocks come from this one peer, so when the hash is wrong this peer lied. Memory is taken as
/// blocks come, not as they are promised: the first block is asked for alone and has to look like
/// an info dictionary before the rest is. Mutable; [FetchMachine] keeps it.
final class Attempt {

    /// Blocks asked for at a time.
    private static final int WINDOW = 8;

    private static final int BLOCK_BYTES = WireMessage.MetadataData.BLOCK_BYTES;

    /// What a request takes, at the most.
    private static final int REQUEST_BYTES = 64;

    private static final String CLIENT = "Starling";

    enum Phase {
        CONNECTING,
        GREETING,
        EXTENDING,
        FETCHING
    }

    /// What is to be done after some bytes.
    sealed interface Step {}

    /// Wait for more.
    record Wait() implements Step {}

    /// Send this, then wait.
    record Say(ByteBuffer bytes) implements Step {}

    /// All is there and has the right hash: see [#info()].
    record Complete() implements Step {}

    /// This peer does not have it, or breaks the protocol.
    record Useless(String reason) implements Step {}

    /// All is there and is not what the infohash names.
    record Lie() implements Step {}

    private static final Step WAIT = new Wait();
    private static final Step GO_ON = new Say(ByteBuffer.allocate(0));

    final long connection;
    final Job job;
    final Endpoint peer;
    Phase phase = Phase.CONNECTING;
    long phaseNanos;
    long beganNanos;
    boolean isOver;
    boolean isHedged;

    private final int maxBytes;
    private final ByteBuffer greeting = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    private final ExtensionStream stream = new ExtensionStream();
    private final WireEncoder encoder = new WireEncoder();
    private @Nullable ByteString @Nullable [] blocks;
    private byte[] whole = {};
    private int sizeBytes;
    private int receivedCount;
    private int askedCount;
    private int heldBytes;

    Attempt(long connection, Job job, Endpoint peer, int maxBytes) {
        this.connection = connection;
        this.job = job;
        this.peer = peer;
        this.maxBytes = maxBytes;
    }

    int heldBytes() {
        return heldBytes;
    }

    /// The info dictionary, once complete.
    byte[] info() {
        return whole;
    }

    static ByteBuffer greeting(Id infoHash, Id peerId) {
        var features = new Handshake.Features(true, false, true);
        return ByteBuffer.wrap(new Handshake(infoHash, peerId, features).toBytes());
    }

    /// Reads what came; called again with the same buffer until it says [Wait].
    Step read(ByteBuffer in) {
        if (phase == Phase.GREETING || phase == Phase.CONNECTING) {
            return readGreeting(in);
        }
        return switch (stream.next(in)) {
            case ExtensionStream.More _ -> WAIT;
            case ExtensionStream.Broken(var reason) -> new Useless(reason);
            case ExtensionStream.Message(var message) -> take(message);
        };
    }

    private Step readGreeting(ByteBuffer in) {
        while (greeting.hasRemaining() && in.hasRemaining()) {
            greeting.put(in.get());
        }
        var soFar = greeting.duplicate().flip();
        return switch (Handshake.read(soFar)) {
            case Handshake.Incomplete _ -> WAIT;
            case Handshake.Malformed(var reason) -> new Useless(reason);
            case Handshake.Read(var theirs) when !theirs.infoHash().equals(job.infoHash) ->
                    new Useless("another torrent");
            case Handshake.Read(var theirs) when !theirs.features().extensions() ->
                    new Useless("no extensions");
            case Handshake.Read _ -> {
                phase = Phase.EXTENDING;
                yield new Say(
                        ByteBuffer.wrap(
                                encoder.encode(
                                        new WireMessage.ExtensionHandshake(
                                                OptionalInt.of(WireEncoder.METADATA_NUMBER),
                                                OptionalInt.empty(),
                                                OptionalInt.empty(),
                                                OptionalInt.empty(),
                                                OptionalInt.empty(),
                                                false,
                                                CLIENT))));
            }
        };
    }

    private Step take(WireMessage message) {
        return switch (message) {
            case WireMessage.ExtensionHandshake theirs when phase == Phase.EXTENDING ->
                    begin(theirs);
            case WireMessage.MetadataData data when phase == Phase.FETCHING -> receive(data);
            case WireMessage.MetadataReject _ -> new Useless("rejects");
            default -> GO_ON; // the rest concerns those who download
        };
    }

    private Step begin(WireMessage.ExtensionHandshake theirs) {
        encoder.remote(theirs);
        int size = theirs.metadataSizeBytes().orElse(0);
        if (theirs.metadataNumber().orElse(0) == 0 || size == 0 || size > maxBytes) {
            return new Useless("serves no metadata of a sensible size");
        }
        phase = Phase.FETCHING;
        sizeBytes = size;
        int count = (size + BLOCK_BYTES - 1) / BLOCK_BYTES;
        blocks = new ByteString[count];
        return ask(1);
    }

    /// Asks for so many blocks more.
    private Step ask(int count) {
        int total = (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        var bytes = ByteBuffer.allocate(REQUEST_BYTES * count);
        for (int i = 0; i < count && askedCount < total; i++) {
            bytes.put(encoder.encode(new WireMessage.MetadataRequest(askedCount++)));
        }
        return new Say(bytes.flip());
    }

    private Step receive(WireMessage.MetadataData data) {
        var all = blocks;
        int index = data.blockIndex();
        if (all == null
                || index >= askedCount
                || data.totalBytes() != sizeBytes
                || all[index] != null) {
            return new Useless("metadata that was not asked for");
        }
        if (index == 0 && !looksLikeInfo(data.data())) {
            return new Useless("no info dictionary");
        }
        all[index] = data.data();
        heldBytes += data.data().lengthBytes();
        receivedCount++;
        if (receivedCount == all.length) {
            return judge(all);
        }
        return ask(receivedCount == 1 ? WINDOW : 1);
    }

    /// Whether these bytes begin as an info dictionary does: `d`, and the length of a key.
    private static boolean looksLikeInfo(ByteString first) {
        return first.lengthBytes() > 3
                && first.at(0) == 'd'
                && first.at(1) >= '1'
                && first.at(1) <= '9'
                && (first.at(2) == ':' || (first.at(2) >= '0' && first.at(2) <= '9'));
    }

    private Step judge(@Nullable ByteString[] all) {
        byte[] info = new byte[sizeBytes];
        int offset = 0;
        for (var block : all) {
            if (block != null) {
                block.copyTo(info, offset);
                offset += block.lengthBytes();
            }
        }
        whole = info;
        return Id.of(Sha1.of(info)).equals(job.infoHash) ? new Complete() : new Lie();
    }
}
