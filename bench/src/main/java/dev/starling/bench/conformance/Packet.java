package dev.starling.bench.conformance;

import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A query to be sent, right or wrong as the check wants it.
final class Packet {

    /// A value that is bencoded already, perhaps wrongly.
    record Raw(String text) {}

    private final Map<String, Object> arguments = new TreeMap<>();
    private final Map<String, Object> top = new TreeMap<>();

    private Packet() {}

    /// A query of this method; sender and transaction id are put in where it is sent.
    static Packet query(String method) {
        var packet = new Packet();
        packet.top.put("a", packet.arguments);
        packet.top.put("q", method);
        packet.top.put("y", "q");
        return packet;
    }

    Packet with(String argument, Object value) {
        arguments.put(argument, value);
        return this;
    }

    Packet without(String argument) {
        arguments.put(argument, ABSENT);
        return this;
    }

    /// Sets a key beside the arguments.
    Packet top(String key, Object value) {
        top.put(key, value);
        return this;
    }

    Packet withoutTop(String key) {
        top.put(key, ABSENT);
        return this;
    }

    private static final Object ABSENT = new Object();

    /// The datagram of a sender.
    byte[] encode(Id sender, ByteString transaction) {
        arguments.putIfAbsent("id", sender);
        top.putIfAbsent("t", transaction);
        var writer = new BencodeWriter();
        write(top, writer);
        return writer.toBytes();
    }

    ByteString transaction(ByteString otherwise) {
        return top.get("t") instanceof ByteString own ? own : otherwise;
    }

    static ByteString encoded(Object value) {
        var writer = new BencodeWriter();
        write(value, writer);
        return ByteString.of(writer.toBytes());
    }

    private static void write(Object value, BencodeWriter writer) {
        switch (value) {
            case Map<?, ?> map -> {
                writer.beginDictionary();
                for (var entry : map.entrySet()) {
                    if (entry.getValue() != ABSENT) {
                        writer.key(String.valueOf(entry.getKey()));
                        write(entry.getValue(), writer);
                    }
                }
                writer.end();
            }
            case List<?> list -> {
                writer.beginList();
                list.forEach(item -> write(item, writer));
                writer.end();
            }
            case Number number -> writer.integer(number.longValue());
            case Id id -> writer.string(id.toBytes());
            case ByteString bytes -> writer.string(bytes);
            case Raw(String text) -> writer.encoded(Session.latin(text));
            default -> writer.text(value.toString());
        }
    }
}
