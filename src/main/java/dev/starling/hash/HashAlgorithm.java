package dev.starling.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash functions of BitTorrent: SHA-1 (BEP 3) and SHA-256 (BEP 52).
public enum HashAlgorithm {
    SHA_1("SHA-1", 20),
    SHA_256("SHA-256", 32);

    /// Both take their messages in blocks of so many bytes.
    public static final int BLOCK_BYTES = 64;

    private final String standardName;
    private final int lengthBytes;

    HashAlgorithm(String standardName, int lengthBytes) {
        this.standardName = standardName;
        this.lengthBytes = lengthBytes;
    }

    /// The name that FIPS 180-4 and `MessageDigest` know it by.
    public String standardName() {
        return standardName;
    }

    /// How long a digest is.
    public int lengthBytes() {
        return lengthBytes;
    }

    /// A digest of the JDK's, for one message at a time.
    public MessageDigest messageDigest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + standardName, e);
        }
    }
}
