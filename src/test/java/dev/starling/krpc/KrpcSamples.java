package dev.starling.krpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Datagrams as text: each byte is the character of that number.
final class KrpcSamples {

    private KrpcSamples() {}

    static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String hex(String digits) {
        return new String(HexFormat.of().parseHex(digits), ISO_8859_1);
    }

    static String text(ByteBuffer datagram) {
        return ISO_8859_1.decode(datagram.duplicate()).toString();
    }
}
