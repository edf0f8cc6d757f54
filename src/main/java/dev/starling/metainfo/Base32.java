package dev.starling.metainfo;

import dev.starling.id.Id;
import java.util.Optional;

/// Base32 (RFC 4648, section 6) of an infohash, as old magnet links have it.
final class Base32 {

    static final int ID_CHARS = Id.LENGTH_BITS / 5;

    private Base32() {}

    /// Thirty-two characters of either case; empty for anything else.
    static Optional<Id> parseId(String text) {
        if (text.length() != ID_CHARS) {
            return Optional.empty();
        }
        byte[] bytes = new byte[Id.LENGTH_BYTES];
        long group = 0;
        for (int i = 0; i < ID_CHARS; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            group = group << 5 | digit;
            if (i % 8 == 7) { // eight characters make five bytes
                for (int b = 0; b < 5; b++) {
                    bytes[i / 8 * 5 + b] = (byte) (group >>> (32 - 8 * b));
                }
                group = 0;
            }
        }
        return Optional.of(Id.of(bytes));
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    }
}
