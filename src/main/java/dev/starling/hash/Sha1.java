package dev.starling.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-1 (FIPS 180-4). Confined to one thread; reusable after [#digest()].
public final class Sha1 {

    public static final int LENGTH_BYTES = 20;

    private final MessageDigest digest;

    public Sha1() {
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    public static byte[] of(byte[] bytes) {
        return new Sha1().update(bytes, 0, bytes.length).digest();
    }

    public Sha1 update(byte[] bytes, int offset, int lengthBytes) {
        digest.update(bytes, offset, lengthBytes);
        return this;
    }

    /// Takes the buffer's remaining bytes; its position moves to its limit.
    public Sha1 update(ByteBuffer buffer) {
        digest.update(buffer);
        return this;
    }

    /// The digest of all since the last one; begins anew.
    public byte[] digest() {
        return digest.digest();
    }

    public void reset() {
        digest.reset();
    }
}
