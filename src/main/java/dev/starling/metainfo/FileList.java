package dev.starling.metainfo;

import dev.starling.bencode.BencodeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the `files` of an info dictionary (BEP 3, BEP 47).
final class FileList {

    /// Bytes that all files together may have: as many as the largest pieces hold. Far below where
    /// a sum of two lengths overflows.
    static final long MAX_LENGTH_BYTES =
            (long) InfoReader.MAX_PIECES * InfoReader.MAX_PIECE_LENGTH_BYTES;

    private static final String PADDING_FOLDER = ".pad"; // as BEP 47 recommends
    private static final String BITCOMET_PADDING = "_____padding_file_"; // before BEP 47

    /// One file as the torrent has it, its path not yet made safe.
    private record RawFile(List<String> path, long lengthBytes, boolean isPadding) {}

    private FileList() {}

    /// The files of a torrent of this (safe) name, in the torrent's order.
    static List<FileEntry> read(String name, BencodeValue files) throws Refusal {
        var raw = new ArrayList<RawFile>();
        long total = 0;
        for (var item : files.items()) {
            var file = file(item, raw.size());
            total += file.lengthBytes();
            if (total > MAX_LENGTH_BYTES) {
                throw new Refusal("the files have more than " + MAX_LENGTH_BYTES + " bytes");
            }
            raw.add(file);
        }
        if (raw.isEmpty()) {
            throw new Refusal("the torrent has no files");
        }
        return entries(name, raw);
    }

    /// A length that one file may have.
    static long length(BencodeValue dictionary, String what) throws Refusal {
        var length = dictionary.integer("length");
        if (length.isEmpty()) {
            throw new Refusal(what + " has no length");
        }
        long lengthBytes = length.getAsLong();
        if (lengthBytes < 0 || lengthBytes > MAX_LENGTH_BYTES) {
            throw new Refusal(what + " has a length of " + lengthBytes + " bytes");
        }
        return lengthBytes;
    }

    private static RawFile file(BencodeValue item, int index) throws Refusal {
        String what = "file " + index;
        if (item.kind() != BencodeValue.Kind.DICTIONARY) {
            throw new Refusal(what + " is not a dictionary");
        }
        String attributes = item.text("attr").orElse("");
        boolean isLink = attributes.indexOf('l') >= 0;
        long lengthBytes = isLink ? 0 : length(item, what);
        boolean isPadding = isLink || attributes.indexOf('p') >= 0;
        var path = path(item, what);
        if (path.isEmpty() && !isPadding) {
            throw new Refusal(what + " has no path");
        }
        boolean isOldPadding =
                !path.isEmpty() && path.get(path.size() - 1).startsWith(BITCOMET_PADDING);
        return new RawFile(path, lengthBytes, isPadding || isOldPadding);
    }

    private static List<String> path(BencodeValue file, String what) throws Refusal {
        var elements = file.list("path.utf-8").or(() -> file.list("path"));
        var path = new ArrayList<String>();
        for (var element : elements.map(BencodeValue::items).orElse(List.of())) {
            Optional<String> text = element.text();
            if (text.isEmpty()) {
                throw new Refusal(what + " has a path that is not made of strings");
            }
            path.add(text.get());
            if (path.size() >= SafePath.MAX_DEPTH) {
                throw new Refusal(what + " lies " + SafePath.MAX_DEPTH + " folders deep or more");
            }
        }
        return path;
    }

    private static List<FileEntry> entries(String name, List<RawFile> raw) throws Refusal {
        var paths =
                SafePath.paths(
                                name,
                                raw.stream()
                                        .filter(file -> !file.isPadding())
                                        .map(RawFile::path)
                                        .toList())
                        .iterator();
        var entries = new ArrayList<FileEntry>(raw.size());
        long offset = 0;
        for (var file : raw) {
            String path =
                    file.isPadding()
                            ? name + "/" + PADDING_FOLDER + "/" + file.lengthBytes()
                            : paths.next();
            if (SafePath.lengthBytes(path) > SafePath.MAX_PATH_BYTES) {
                throw new Refusal(
                        "file %d has a path of %d bytes, limit %d"
                                .formatted(
                                        entries.size(),
                                        SafePath.lengthBytes(path),
                                        SafePath.MAX_PATH_BYTES));
            }
            entries.add(new FileEntry(path, offset, file.lengthBytes(), file.isPadding()));
            offset += file.lengthBytes();
        }
        return entries;
    }
}
