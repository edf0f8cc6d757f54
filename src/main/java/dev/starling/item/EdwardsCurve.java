package dev.starling.item;

import dev.starling.bencode.ByteString;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The part of Ed25519 (RFC 8032, section 5.1) that the JDK keeps to itself: multiplying the base
/// point, for public keys of secret ones and for signing with keys in their expanded form.
///
/// Whole numbers of any size, slow and not in constant time: some milliseconds, for our own keys on
/// our own machine. Others' signatures are verified by the JDK.
final class EdwardsCurve {

    private static final BigInteger TWO = BigInteger.TWO;

    /// The field's prime.
    private static final BigInteger P = TWO.pow(255).subtract(BigInteger.valueOf(19));

    /// The order of the base point.
    private static final BigInteger L =
            TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D =
            BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

    private static final BigInteger BASE_Y =
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P);

    private static final BigInteger BASE_X =
            new BigInteger(
                    "15112221349535400772501151409588531511"
                            + "454012693041857206046113283949847762202");

    private static final Point BASE =
            new Point(BASE_X, BASE_Y, BigInteger.ONE, BASE_X.multiply(BASE_Y).mod(P));

    private static final Point NEUTRAL =
            new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    private static final int HALF_BYTES = 32;

    private EdwardsCurve() {}

    /// What a seed expands to: its digest with the scalar's bits set as the curve wants them.
    static ByteString expand(ByteString seed) {
        byte[] digest = sha512(seed.toBytes());
        digest[0] &= (byte) 0xf8;
        digest[31] &= 0x7f;
        digest[31] |= 0x40;
        return ByteString.of(digest);
    }

    static ByteString publicKey(ByteString expanded) {
        return ByteString.of(BASE.times(scalar(expanded)).encoded());
    }

    static ByteString sign(ByteString expanded, ByteString publicKey, byte[] message) {
        byte[] prefix = ByteString.of(expanded.toBytes(), HALF_BYTES, HALF_BYTES).toBytes();
        var r = little(sha512(prefix, message)).mod(L);
        byte[] commitment = BASE.times(r).encoded();
        var challenge = little(sha512(commitment, publicKey.toBytes(), message)).mod(L);
        var s = r.add(challenge.multiply(scalar(expanded))).mod(L);
        byte[] signature = new byte[2 * HALF_BYTES];
        System.arraycopy(commitment, 0, signature, 0, HALF_BYTES);
        System.arraycopy(little(s), 0, signature, HALF_BYTES, HALF_BYTES);
        return ByteString.of(signature);
    }

    private static BigInteger scalar(ByteString expanded) {
        return little(ByteString.of(expanded.toBytes(), 0, HALF_BYTES).toBytes());
    }

    /// A point in extended coordinates (RFC 8032, section 5.1.4).
    private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {

        Point plus(Point other) {
            var a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
            var b = y.add(x).multiply(other.y.add(other.x)).mod(P);
            var c = t.multiply(TWO).multiply(D).multiply(other.t).mod(P);
            var d = z.multiply(TWO).multiply(other.z).mod(P);
            var e = b.subtract(a);
            var f = d.subtract(c);
            var g = d.add(c);
            var h = b.add(a);
            return new Point(
                    e.multiply(f).mod(P),
                    g.multiply(h).mod(P),
                    f.multiply(g).mod(P),
                    e.multiply(h).mod(P));
        }

        Point times(BigInteger factor) {
            var sum = NEUTRAL;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                if (factor.testBit(bit)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }

        byte[] encoded() {
            var inverse = z.modInverse(P);
            byte[] bytes = little(y.multiply(inverse).mod(P));
            if (x.multiply(inverse).mod(P).testBit(0)) {
                bytes[HALF_BYTES - 1] |= (byte) 0x80;
            }
            return bytes;
        }
    }

    private static BigInteger little(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] little(BigInteger number) {
        byte[] bytes = new byte[HALF_BYTES];
        byte[] big = number.toByteArray();
        for (int i = 0; i < Math.min(big.length, HALF_BYTES); i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
