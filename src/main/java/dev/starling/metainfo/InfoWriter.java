package dev.starling.metainfo;

import dev.starling.bencode.BencodeWriter;
import java.util.ArrayList;
import java.util.List;

/// Writes the info dictionary of a new torrent (BEP 3).
///
/// What it gives keeps the names that the files have here, where [InfoReader] would make some of
/// them safe for every system: they exist, so they can be read. A torrent that no one would load is
/// our mistake: an [IllegalArgumentException] says why.
public final class InfoWriter {

    private InfoWriter() {}

    /// A file of a new torrent: its path below the torrent's folder, one string an element.
    public record SourceFile(List<String> path, long lengthBytes) {
        public SourceFile {
            path = List.copyOf(path);
            path.forEach(InfoWriter::checkElement);
        }
    }

    /// One file, whose name is the torrent's.
    ///
    /// @param hashes SHA-1 of every piece, twenty bytes each
    public static InfoDictionary single(
            String name, long lengthBytes, int pieceLengthBytes, byte[] hashes) {
        checkElement(name);
        var writer = new BencodeWriter().beginDictionary();
        writer.key("length").integer(lengthBytes);
        byte[] encoded = finish(writer, name, pieceLengthBytes, hashes);
        return load(encoded, name, List.of(new FileEntry(name, 0, lengthBytes, false)));
    }

    /// A folder; files in the order given.
    ///
    /// @param hashes SHA-1 of every piece, twenty bytes each
    public static InfoDictionary folder(
            String name, List<SourceFile> files, int pieceLengthBytes, byte[] hashes) {
        checkElement(name);
        var writer = new BencodeWriter().beginDictionary().key("files").beginList();
        var entries = new ArrayList<FileEntry>(files.size());
        long offset = 0;
        for (var file : files) {
            writer.beginDictionary().key("length").integer(file.lengthBytes());
            writer.key("path").beginList();
            file.path().forEach(writer::text);
            writer.end().end();
            String path = name + "/" + String.join("/", file.path());
            entries.add(new FileEntry(path, offset, file.lengthBytes(), false));
            offset += file.lengthBytes();
        }
        writer.end();
        return load(finish(writer, name, pieceLengthBytes, hashes), name, entries);
    }

    private static byte[] finish(
            BencodeWriter writer, String name, int pieceLengthBytes, byte[] hashes) {
        return writer.key("name")
                .text(name)
                .key("piece length")
                .integer(pieceLengthBytes)
                .key("pieces")
                .string(hashes)
                .end()
                .toBytes();
    }

    private static InfoDictionary load(byte[] encoded, String name, List<FileEntry> files) {
        return switch (InfoReader.read(encoded)) {
            case InfoReader.Loaded(var info) -> info.named(name, files);
            case InfoReader.Refused(var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    private static void checkElement(String element) {
        boolean isStep = element.isEmpty() || element.equals(".") || element.equals("..");
        if (isStep || element.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'" + element + "' names no file");
        }
    }
}
