package dev.starling.metainfo;

import dev.starling.id.Id;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a magnet link's `xt` name: the first infohash of version 1, or why there is none to use.
sealed interface MagnetTopic {

    String BTIH_KEY = "xt=urn:btih:";

    record V1(Id infoHash) implements MagnetTopic {}

    record Refused(String reason) implements MagnetTopic {}

    /// Takes the first usable one.
    ///
    /// @param isMutable whether the link names a key instead of a torrent (BEP 46)
    static MagnetTopic choose(List<String> topics, boolean isMutable) {
        String problem =
                isMutable
                        ? "this magnet link names a key (btpk, BEP 46), not a torrent"
                        : "the magnet link names no torrent: it has no xt=urn:btih:";
        for (String topic : topics) {
            String lowerCase = topic.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith("urn:btih:")) {
                var infoHash = infoHash(topic.substring("urn:btih:".length()));
                if (infoHash.isPresent()) {
                    return new V1(infoHash.get());
                }
                problem =
                        "the infohash '%s' is neither 40 hexadecimal digits nor 32 of base32"
                                .formatted(shown(topic.substring("urn:btih:".length())));
            } else if (lowerCase.startsWith("urn:btmh:")) {
                problem = "this is a v2 magnet link (btmh): only v1 infohashes (btih) are read";
            }
        }
        return new Refused(problem);
    }

    private static Optional<Id> infoHash(String text) {
        return text.length() == Base32.ID_CHARS ? Base32.parseId(text) : Id.parseHex(text);
    }

    /// A stranger's text, short enough for a message.
    private static String shown(String text) {
        String safe = SafeText.of(text);
        return safe.length() <= 64 ? safe : safe.substring(0, 64) + "…";
    }
}
