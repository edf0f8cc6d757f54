package dev.starling.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of UTF-8 in a URI (RFC 3986, section 2.1).
final class PercentCode {

    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PercentCode() {}

    /// Decodes escapes; what is no escape stays as it is, and what is not UTF-8 becomes U+FFFD.
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int escaped =
                    in[i] == '%' && i + 2 < in.length ? hex(in[i + 1]) << 4 | hex(in[i + 2]) : -1;
            if (escaped >= 0) {
                i += 2;
            }
            out.write(escaped >= 0 ? escaped : in[i]);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The value of a hexadecimal digit, or a negative number.
    private static int hex(byte c) {
        return c < 0 ? -1 : Character.digit((char) c, 16);
    }

    /// Encodes all but unreserved characters and those of `alsoAllowed`.
    static String encode(String text, String alsoAllowed) {
        var out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isLetterOrDigit = b >= 0 && Character.isLetterOrDigit(c);
            if (isLetterOrDigit || UNRESERVED.indexOf(c) >= 0 || alsoAllowed.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }
}
