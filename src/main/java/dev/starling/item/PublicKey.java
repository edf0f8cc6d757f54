package dev.starling.item;

import dev.starling.bencode.ByteString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.Optional;

/// An Ed25519 public key (RFC 8032): whose items one can read. Any 32 bytes may come off the
/// network; those that are no key have signed nothing.
public record PublicKey(ByteString bytes) {

    public static final int LENGTH_BYTES = 32;

    static final int SIGNATURE_BYTES = 64;

    public PublicKey {
        if (bytes.lengthBytes() != LENGTH_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.lengthBytes());
        }
    }

    /// Parses 64 hexadecimal digits; empty for anything else.
    public static Optional<PublicKey> parseHex(String text) {
        if (text.length() != 2 * LENGTH_BYTES || !text.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new PublicKey(ByteString.of(HexFormat.of().parseHex(text))));
    }

    public String hex() {
        return bytes.hex();
    }

    /// Whether this is the holder's signature of exactly these bytes.
    public boolean hasSigned(byte[] message, ByteString signature) {
        if (signature.lengthBytes() != SIGNATURE_BYTES) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec()));
            verifier.update(message);
            return verifier.verify(signature.toBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        } catch (GeneralSecurityException e) {
            return false; // a point off the curve, or a signature out of range
        }
    }

    /// The key as RFC 8032 reads it: y in 255 little-endian bits, then the lowest bit of x.
    private EdECPublicKeySpec spec() {
        byte[] bigEndian = new byte[LENGTH_BYTES];
        for (int i = 0; i < LENGTH_BYTES; i++) {
            bigEndian[i] = bytes.at(LENGTH_BYTES - 1 - i);
        }
        boolean isXOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        var y = new BigInteger(1, bigEndian);
        return new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(isXOdd, y));
    }

    @Override
    public String toString() {
        return hex();
    }
}
