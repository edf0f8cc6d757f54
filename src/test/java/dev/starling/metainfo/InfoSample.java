package dev.starling.metainfo;

import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Info dictionaries for the tests of packages above, with any files, pad files too. What an
/// infohash is taken over here is no bencode but tells samples apart.
public final class InfoSample {

    private InfoSample() {}

    /// The dictionary of these files.
    ///
    /// @param content all bytes of the torrent, pad files' zeros included
    public static InfoDictionary of(int pieceLengthBytes, List<FileEntry> files, byte[] content) {
        int pieces = (content.length + pieceLengthBytes - 1) / pieceLengthBytes;
        byte[] hashes = new byte[pieces * Sha1.LENGTH_BYTES];
        var hash = new Sha1();
        for (int i = 0; i < pieces; i++) {
            int from = i * pieceLengthBytes;
            hash.update(content, from, Math.min(pieceLengthBytes, content.length - from));
            System.arraycopy(hash.digest(), 0, hashes, i * Sha1.LENGTH_BYTES, Sha1.LENGTH_BYTES);
        }
        String name = files.get(0).path().split("/", 2)[0];
        byte[] encoded = (files + "|").getBytes(StandardCharsets.UTF_8);
        hash.update(encoded, 0, encoded.length).update(hashes, 0, hashes.length);
        var parts =
                new InfoDictionary.Parts(
                        name, pieceLengthBytes, ByteString.of(hashes), files, false);
        return new InfoDictionary(encoded, Id.of(hash.digest()), parts);
    }
}
