package dev.starling.bench.load;

import dev.starling.id.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes the queries of BEP 5, and the one answer that keeps a node in the target's table, into
/// one buffer that is used again and again.
final class QueryWriter {

    /// The longest query: an announce with a token of [LoadNode#MAX_TOKEN_BYTES].
    private static final int MAX_BYTES = 512;

    /// What an echo is sent: as long as the mean answer to the mix, so that it moves the same
    /// bytes.
    static final int ECHO_BYTES = 285;

    private static final byte[] BEGIN = ascii("d1:ad2:id20:");
    private static final byte[] TARGET = ascii("6:target20:");
    private static final byte[] INFO_HASH = ascii("9:info_hash20:");
    private static final byte[] IMPLIED_PORT = ascii("12:implied_porti1e");
    private static final byte[] PORT = ascii("4:porti6881e5:token");
    private static final byte[] PING = ascii("e1:q4:ping1:t4:");
    private static final byte[] FIND_NODE = ascii("e1:q9:find_node1:t4:");
    private static final byte[] GET_PEERS = ascii("e1:q9:get_peers1:t4:");
    private static final byte[] ANNOUNCE_PEER = ascii("e1:q13:announce_peer1:t4:");
    private static final byte[] END_OF_QUERY = ascii("1:y1:qe");
    private static final byte[] BEGIN_ANSWER = ascii("d1:rd2:id20:");
    private static final byte[] NO_NODES = ascii("5:nodes0:e1:t");
    private static final byte[] END_OF_ANSWER = ascii("1:y1:re");

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_BYTES);
    private final byte[] idBytes = new byte[Id.LENGTH_BYTES];

    ByteBuffer ping(Id self, int transaction) {
        begin(self).put(PING);
        return end(transaction);
    }

    ByteBuffer findNode(Id self, Id target, int transaction) {
        begin(self).put(TARGET);
        id(target).put(FIND_NODE);
        return end(transaction);
    }

    ByteBuffer getPeers(Id self, Id infoHash, int transaction) {
        begin(self).put(INFO_HASH);
        id(infoHash).put(GET_PEERS);
        return end(transaction);
    }

    ByteBuffer announcePeer(Id self, Id infoHash, byte[] token, int transaction) {
        begin(self).put(IMPLIED_PORT).put(INFO_HASH);
        id(infoHash).put(PORT);
        string(token, 0, token.length).put(ANNOUNCE_PEER);
        return end(transaction);
    }

    ByteBuffer echo(int transaction) {
        buffer.clear();
        buffer.putInt(transaction).position(ECHO_BYTES);
        return buffer.flip();
    }

    /// An answer that names nobody.
    ByteBuffer answer(Id self, byte[] datagram, int transactionOffset, int transactionBytes) {
        buffer.clear();
        buffer.put(BEGIN_ANSWER);
        id(self).put(NO_NODES);
        return string(datagram, transactionOffset, transactionBytes).put(END_OF_ANSWER).flip();
    }

    private ByteBuffer begin(Id self) {
        buffer.clear();
        buffer.put(BEGIN);
        return id(self);
    }

    private ByteBuffer end(int transaction) {
        return buffer.putInt(transaction).put(END_OF_QUERY).flip();
    }

    private ByteBuffer id(Id id) {
        id.copyTo(idBytes, 0);
        return buffer.put(idBytes);
    }

    private ByteBuffer string(byte[] bytes, int offset, int length) {
        if (length >= 100) {
            buffer.put((byte) ('0' + length / 100));
        }
        if (length >= 10) {
            buffer.put((byte) ('0' + length / 10 % 10));
        }
        return buffer.put((byte) ('0' + length % 10)).put((byte) ':').put(bytes, offset, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
