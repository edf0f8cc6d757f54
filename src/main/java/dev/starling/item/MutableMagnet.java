package dev.starling.item;

import dev.starling.bencode.ByteString;
import dev.starling.id.Id;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A magnet link to a torrent that changes: the key of whoever publishes it (BEP 46).
///
/// @param salt tells apart the torrents of one key; mostly empty
public record MutableMagnet(PublicKey key, ByteString salt) {

    private static final String SCHEME = "magnet:?";
    private static final String KEY = "urn:btpk:";

    public sealed interface Result {}

    public record Parsed(MutableMagnet magnet) implements Result {}

    /// Why the link is refused, in words for a person.
    public record Refused(String reason) implements Result {}

    /// Whether a link is meant to be one of these.
    public static boolean isMeant(String link) {
        return link.toLowerCase(Locale.ROOT).contains(KEY);
    }

    /// Parses a link; unknown parts of it are passed over.
    public static Result parse(String link) {
        String trimmed = link.strip();
        if (!trimmed.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Refused("not a magnet link: it does not begin with 'magnet:?'");
        }
        Optional<PublicKey> key = Optional.empty();
        var salt = ByteString.EMPTY;
        for (String parameter : trimmed.substring(SCHEME.length()).split("&(amp;)?", -1)) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            if (parameter.regionMatches(true, 0, "xs=" + KEY, 0, 3 + KEY.length())) {
                key = PublicKey.parseHex(value.substring(KEY.length()));
            } else if (parameter.regionMatches(true, 0, "s=", 0, 2)) {
                var read = salt(value);
                if (read.isEmpty()) {
                    return new Refused("its salt is not hexadecimal or has over 64 bytes");
                }
                salt = read.get();
            }
        }
        if (key.isEmpty()) {
            return new Refused("it has no xs=urn:btpk: with a key of 64 hexadecimal digits");
        }
        return new Parsed(new MutableMagnet(key.get(), salt));
    }

    private static Optional<ByteString> salt(String hex) {
        boolean isSalt =
                hex.length() % 2 == 0
                        && hex.length() <= 2 * Item.MAX_SALT_BYTES
                        && hex.chars().allMatch(HexFormat::isHexDigit);
        return isSalt ? Optional.of(ByteString.of(HexFormat.of().parseHex(hex))) : Optional.empty();
    }

    /// Where in the DHT its newest version is named.
    public Id target() {
        return Item.Mutable.targetOf(key, salt);
    }

    public String toUri() {
        return SCHEME + "xs=" + KEY + key.hex() + (salt.isEmpty() ? "" : "&s=" + salt.hex());
    }
}
