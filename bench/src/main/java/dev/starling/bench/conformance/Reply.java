package dev.starling.bench.conformance;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.BencodeValue;
import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the node under test has sent, an answer, an error or a query of its own.
record Reply(BencodeValue root, int lengthBytes) {

    static Optional<Reply> read(byte[] bytes) {
        return Bencode.read(bytes, Bencode.Limits.DATAGRAM, Bencode.Mode.LENIENT)
                        instanceof Bencode.Parsed(var root, _)
                ? Optional.of(new Reply(root, bytes.length))
                : Optional.empty();
    }

    private String type() {
        return root.text("y").orElse("");
    }

    boolean isResponse() {
        return type().equals("r");
    }

    boolean isQuery() {
        return type().equals("q");
    }

    boolean isError() {
        return type().equals("e");
    }

    /// The error's code, 0 where it is none.
    long code() {
        return root.list("e")
                .map(BencodeValue::items)
                .filter(items -> !items.isEmpty())
                .map(items -> items.getFirst().integer())
                .orElse(OptionalLong.empty())
                .orElse(0);
    }

    boolean isError(long code) {
        return isError() && code() == code;
    }

    ByteString transaction() {
        return root.bytes("t").orElse(ByteString.EMPTY);
    }

    Optional<ByteString> text(String key) {
        return root.dictionary("r").flatMap(r -> r.bytes(key));
    }

    OptionalLong number(String key) {
        var r = root.dictionary("r");
        return r.isPresent() ? r.get().integer(key) : OptionalLong.empty();
    }

    boolean has(String key) {
        return root.dictionary("r").flatMap(r -> r.find(key)).isPresent();
    }

    /// The encoded form of a value of the answer, as it was sent.
    Optional<ByteString> encoded(String key) {
        return root.dictionary("r")
                .flatMap(r -> r.find(key))
                .map(value -> ByteString.of(value.encoded()));
    }

    /// Peers by IPv4.
    List<Endpoint> values() {
        var values = new ArrayList<Endpoint>();
        root.dictionary("r").flatMap(r -> r.list("values")).stream()
                .flatMap(list -> list.items().stream())
                .flatMap(item -> item.bytes().stream())
                .filter(bytes -> bytes.lengthBytes() == 6 || bytes.lengthBytes() == 18)
                .forEach(bytes ->
                        values.add(Endpoint.ofCompact(bytes.toBytes(), 0, bytes.lengthBytes())));
        return values;
    }

    /// Contacts by IPv4, each as id and compact endpoint.
    List<ByteString> nodes() {
        byte[] bytes = text("nodes").orElse(ByteString.EMPTY).toBytes();
        var nodes = new ArrayList<ByteString>();
        for (int at = 0; at + 26 <= bytes.length; at += 26) {
            nodes.add(ByteString.of(bytes, at, 26));
        }
        return nodes;
    }

    boolean names(Id id) {
        return nodes().stream().anyMatch(node -> Id.of(node.toBytes(), 0).equals(id));
    }

    /// What is said in a word or two, for whoever reads why a check failed.
    @Override
    public String toString() {
        return isError()
                ? "error " + code()
                : isResponse()
                        ? "an answer with "
                                + root.dictionary("r")
                                        .map(r ->
                                                r.entries().stream()
                                                        .map(entry -> entry.key().text())
                                                        .toList()
                                                        .toString())
                                        .orElse("no r")
                        : "a message of type '" + type() + "'";
    }
}
