package dev.starling.crawler.catalogue;

import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.BencodeReader;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.FileEntry;
import dev.starling.metainfo.InfoDictionary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a torrent holds.
///
/// @param files in the torrent's order without padding; the first [#MAX_FILES] of them
/// @param fileCount how many there are really
/// @param key the same for torrents with the same files: equal paths and lengths, whatever the
///   torrent's name, folder, piece length or order
/// @param isPrivate whether it looks meant for a private tracker's members only
public record Contents(
        List<CatalogueFile> files,
        int fileCount,
        long lengthBytes,
        int pieceLengthBytes,
        Id key,
        boolean isPrivate) {

    /// Torrents of hundreds of thousands of files exist; who wants the whole list fetches the
    /// metadata. This many keep an entry below some hundred kilobytes.
    public static final int MAX_FILES = 2_000;

    /// UTF-16 units of a path.
    private static final int MAX_PATH_CHARACTERS = 512;

    private static final Comparator<CatalogueFile> BY_PATH =
            Comparator.comparing(CatalogueFile::path).thenComparingLong(CatalogueFile::lengthBytes);

    public Contents {
        files = List.copyOf(files);
        if (files.size() > MAX_FILES || files.size() > fileCount) {
            throw new IllegalArgumentException(
                    files.size() + " files are listed of " + fileCount + ", limit " + MAX_FILES);
        }
        if (lengthBytes < 0 || pieceLengthBytes < 0) {
            throw new IllegalArgumentException("length " + lengthBytes + " is negative");
        }
    }

    public static Contents of(InfoDictionary info) {
        List<CatalogueFile> files = new ArrayList<>();
        for (FileEntry file : info.files()) {
            if (!file.isPadding()) {
                files.add(new CatalogueFile(withoutRoot(file.path()), file.lengthBytes()));
            }
        }
        return of(files, info.lengthBytes(), info.pieceLengthBytes(), isPrivate(info));
    }

    /// Contents of these files, however many; the key is taken over all of them.
    public static Contents of(
            List<CatalogueFile> files, long lengthBytes, int pieceLengthBytes, boolean isPrivate) {
        var listed =
                files.stream()
                        .limit(MAX_FILES)
                        .map(it ->
                                new CatalogueFile(
                                        bounded(it.path(), MAX_PATH_CHARACTERS), it.lengthBytes()))
                        .toList();
        return new Contents(
                listed, files.size(), lengthBytes, pieceLengthBytes, key(files), isPrivate);
    }

    private static Id key(List<CatalogueFile> files) {
        var digest = new Sha1();
        files.stream()
                .sorted(BY_PATH)
                .map(file -> file.path() + "\0" + file.lengthBytes() + "\0")
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .forEach(line -> digest.update(line, 0, line.length));
        return Id.of(digest.digest());
    }

    /// The path of a single file is its name; of several files the first element is the torrent's.
    private static String withoutRoot(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    /// The flag of BEP 27, or a `source`, which private trackers put into the info dictionary to
    /// make it theirs.
    private static boolean isPrivate(InfoDictionary info) {
        if (info.isPrivate()) {
            return true;
        }
        byte[] encoded = info.encoded();
        var reader = new BencodeReader();
        return reader.read(encoded, 0, encoded.length, Limits.TORRENT, Mode.LENIENT)
                && reader.stringLengthBytes(reader.find(BencodeReader.ROOT, "source")) > 0;
    }

    static String bounded(String text, int maxCharacters) {
        if (text.length() <= maxCharacters) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(maxCharacters - 1))
                        ? maxCharacters - 1
                        : maxCharacters;
        return text.substring(0, end);
    }
}
