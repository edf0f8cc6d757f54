package dev.starling.metainfo;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.BencodeValue;
import dev.starling.bencode.BencodeWriter;
import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Reads and writes .torrent files (BEP 3, 5, 12).
final class TorrentCodec {

    /// Trackers kept; the longest lists in the wild have some hundred, and we only show them.
    static final int MAX_TRACKERS = 1_000;

    /// Nodes kept; makers of torrents write the eight closest.
    static final int MAX_NODES = 100;

    /// A comment or a maker's name is cut here.
    static final int MAX_TEXT_CHARS = 4_096;

    private TorrentCodec() {}

    static Torrent.Result read(byte[] file) {
        if (file.length > Torrent.MAX_FILE_BYTES) {
            return new Torrent.Refused(
                    "the file has %d bytes, limit %d"
                            .formatted(file.length, Torrent.MAX_FILE_BYTES));
        }
        return switch (Bencode.read(file, Bencode.Limits.TORRENT, Bencode.Mode.LENIENT)) {
            case Bencode.Malformed(var reason, var offset) ->
                    new Torrent.Refused(
                            "not a torrent file, at byte %d: %s".formatted(offset, reason));
            case Bencode.Parsed(var value, _) -> read(value);
        };
    }

    private static Torrent.Result read(BencodeValue file) {
        var info = file.find("info");
        if (info.isEmpty()) {
            return new Torrent.Refused("not a torrent file: it has no info dictionary");
        }
        return switch (InfoReader.read(info.get())) {
            case InfoReader.Refused(var reason) -> new Torrent.Refused(reason);
            case InfoReader.Loaded(var loaded) ->
                    new Torrent.Loaded(
                            new Torrent(
                                    loaded,
                                    trackers(file),
                                    nodes(file),
                                    text(file, "comment.utf-8").or(() -> text(file, "comment")),
                                    text(file, "created by")));
        };
    }

    private static Optional<String> text(BencodeValue file, String key) {
        return file.text(key)
                .map(text -> text.substring(0, Math.min(text.length(), MAX_TEXT_CHARS)))
                .filter(text -> !text.isEmpty());
    }

    private static List<String> trackers(BencodeValue file) {
        var trackers = new LinkedHashSet<String>();
        text(file, "announce").ifPresent(trackers::add);
        var tiers = file.list("announce-list").map(BencodeValue::items).orElse(List.of());
        for (var tier : tiers) {
            for (var tracker : tier.items()) {
                if (trackers.size() == MAX_TRACKERS) {
                    return List.copyOf(trackers);
                }
                tracker.text()
                        .filter(url -> !url.isEmpty() && url.length() <= MAX_TEXT_CHARS)
                        .ifPresent(trackers::add);
            }
        }
        return List.copyOf(trackers);
    }

    private static List<Endpoint> nodes(BencodeValue file) {
        var nodes = new ArrayList<Endpoint>();
        for (var node : file.list("nodes").map(BencodeValue::items).orElse(List.of())) {
            if (nodes.size() == MAX_NODES) {
                break;
            }
            node(node.items()).filter(Endpoint::isReachable).ifPresent(nodes::add);
        }
        return nodes;
    }

    /// A host, where it is a literal address, and a port.
    private static Optional<Endpoint> node(List<BencodeValue> pair) {
        if (pair.size() != 2) {
            return Optional.empty();
        }
        long port = pair.get(1).integer().orElse(0);
        return port < 1 || port > 0xffff
                ? Optional.empty()
                : pair.get(0)
                        .text()
                        .flatMap(IpAddress::parse)
                        .map(address -> new Endpoint(address, (int) port));
    }

    static byte[] write(Torrent torrent) {
        var writer = new BencodeWriter().beginDictionary();
        if (!torrent.trackers().isEmpty()) {
            writer.key("announce").text(torrent.trackers().get(0));
        }
        if (torrent.trackers().size() > 1) {
            writer.key("announce-list").beginList().beginList();
            torrent.trackers().forEach(writer::text);
            writer.end().end();
        }
        torrent.comment().ifPresent(text -> writer.key("comment").text(text));
        torrent.createdBy().ifPresent(text -> writer.key("created by").text(text));
        writer.key("info").encoded(torrent.info().encoded());
        if (!torrent.nodes().isEmpty()) {
            writer.key("nodes").beginList();
            for (var node : torrent.nodes()) {
                writer.beginList().text(node.address().toString()).integer(node.port()).end();
            }
            writer.end();
        }
        return writer.end().toBytes();
    }
}
