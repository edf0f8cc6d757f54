package dev.starling.item;

import dev.starling.bencode.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An Ed25519 key that signs items (RFC 8032). Its text is never shown by accident.
///
/// Two forms are in use: the seed of 32 bytes that RFC 8032 speaks of, and the 64 bytes it expands
/// to, which libtorrent saves and BEP 44 prints. The JDK signs with seeds; [EdwardsCurve] does so
/// with the other form.
public sealed interface SecretKey {

    PublicKey publicKey();

    ByteString sign(byte[] message);

    /// The key in the form it has, 32 or 64 bytes.
    ByteString bytes();

    /// A new key.
    ///
    /// @param random must not be predictable
    static SecretKey random(RandomGenerator random) {
        byte[] seed = new byte[Seed.LENGTH_BYTES];
        random.nextBytes(seed);
        return Seed.of(ByteString.of(seed));
    }

    /// Parses a seed of 64 hexadecimal digits or an expanded key of 128; empty for anything else.
    static Optional<SecretKey> parseHex(String text) {
        boolean isHex = text.chars().allMatch(HexFormat::isHexDigit);
        if (isHex && text.length() == 2 * Seed.LENGTH_BYTES) {
            return Optional.of(Seed.of(ByteString.of(HexFormat.of().parseHex(text))));
        }
        if (isHex && text.length() == 2 * Expanded.LENGTH_BYTES) {
            return Optional.of(Expanded.of(ByteString.of(HexFormat.of().parseHex(text))));
        }
        return Optional.empty();
    }

    /// The form of RFC 8032.
    final class Seed implements SecretKey {
        static final int LENGTH_BYTES = 32;

        private final ByteString seed;
        private final PublicKey publicKey;

        private Seed(ByteString seed, PublicKey publicKey) {
            this.seed = seed;
            this.publicKey = publicKey;
        }

        static Seed of(ByteString seed) {
            var expanded = Expanded.of(EdwardsCurve.expand(seed));
            return new Seed(seed, expanded.publicKey());
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        @Override
        public ByteString sign(byte[] message) {
            try {
                var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.toBytes());
                var signer = Signature.getInstance("Ed25519");
                signer.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(spec));
                signer.update(message);
                return ByteString.of(signer.sign());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has Ed25519", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a seed of 32 bytes signs", e);
            }
        }

        @Override
        public ByteString bytes() {
            return seed;
        }

        @Override
        public String toString() {
            return "secret key of " + publicKey;
        }
    }

    /// The form that seeds expand to: the scalar, then what makes signatures unpredictable.
    final class Expanded implements SecretKey {
        static final int LENGTH_BYTES = 64;

        private final ByteString key;
        private final PublicKey publicKey;

        private Expanded(ByteString key, PublicKey publicKey) {
            this.key = key;
            this.publicKey = publicKey;
        }

        static Expanded of(ByteString key) {
            return new Expanded(key, new PublicKey(EdwardsCurve.publicKey(key)));
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        @Override
        public ByteString sign(byte[] message) {
            return EdwardsCurve.sign(key, publicKey.bytes(), message);
        }

        @Override
        public ByteString bytes() {
            return key;
        }

        @Override
        public String toString() {
            return "secret key of " + publicKey;
        }
    }
}
