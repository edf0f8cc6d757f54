package dev.starling.item;

import dev.starling.bencode.Bencode;
import dev.starling.bencode.Bencode.Limits;
import dev.starling.bencode.Bencode.Mode;
import dev.starling.bencode.BencodeWriter;
import dev.starling.bencode.ByteString;
import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import java.util.Arrays;

/// A value stored in the DHT under its target (BEP 44). The value is bencoded, and kept as the
/// bytes that were sent, since hash and signature are taken over these.
///
/// An item may be forged until [Mutable#isSigned()] says otherwise.
public sealed interface Item {

    /// Longer values are refused (BEP 44).
    int MAX_VALUE_BYTES = 1_000;

    int MAX_SALT_BYTES = 64;

    /// Where in the DHT it is stored.
    Id target();

    /// The value in its bencoded form.
    ByteString value();

    /// Whether these bytes are one value in the one form that bencode allows it, keys in order (BEP
    /// 44 refuses anything else).
    static boolean isProper(ByteString value) {
        byte[] bytes = value.toBytes();
        return Bencode.read(bytes, Limits.DATAGRAM, Mode.STRICT) instanceof Bencode.Parsed;
    }

    /// A value under its own hash, which nobody can change.
    record Immutable(ByteString value) implements Item {
        @Override
        public Id target() {
            return Id.of(Sha1.of(value.toBytes()));
        }
    }

    /// A value that the holder of a key can change.
    ///
    /// @param salt tells apart the items of one key; mostly empty
    /// @param seq grows with each change
    record Mutable(PublicKey key, ByteString salt, long seq, ByteString value, ByteString signature)
            implements Item {

        /// An item of ours.
        public static Mutable signed(SecretKey key, ByteString salt, long seq, ByteString value) {
            var signature = key.sign(signedBytes(salt, seq, value));
            return new Mutable(key.publicKey(), salt, seq, value, signature);
        }

        @Override
        public Id target() {
            return targetOf(key, salt);
        }

        /// Where the items of a key and a salt are stored.
        public static Id targetOf(PublicKey key, ByteString salt) {
            byte[] keyBytes = key.bytes().toBytes();
            byte[] saltBytes = salt.toBytes();
            var sha1 = new Sha1().update(keyBytes, 0, keyBytes.length);
            return Id.of(sha1.update(saltBytes, 0, saltBytes.length).digest());
        }

        /// Whether the holder of the key has signed this very value. Takes a fraction of a
        /// millisecond, a thousand times what any other question to an item takes.
        public boolean isSigned() {
            return key.hasSigned(signedBytes(salt, seq, value), signature);
        }

        /// What is signed: the fields as they would stand in a dictionary, without its frame (BEP
        /// 44, "Signature Verification").
        static byte[] signedBytes(ByteString salt, long seq, ByteString value) {
            var dictionary = new BencodeWriter().beginDictionary();
            if (!salt.isEmpty()) {
                dictionary.key("salt").string(salt);
            }
            dictionary.key("seq").integer(seq).key("v").encoded(value.toBytes()).end();
            byte[] framed = dictionary.toBytes();
            return Arrays.copyOfRange(framed, 1, framed.length - 1);
        }
    }
}
