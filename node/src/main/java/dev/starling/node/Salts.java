package dev.starling.node;

import dev.starling.bencode.ByteString;
import dev.starling.item.Item;

/// The salt of an item as a person gives it.
final class Salts {

    private Salts() {}

    static ByteString of(String text) throws Failure {
        var salt = ByteString.utf8(text);
        if (salt.lengthBytes() > Item.MAX_SALT_BYTES) {
            throw new Failure("the salt has over 64 bytes", "Choose a shorter --salt.");
        }
        return salt;
    }
}
