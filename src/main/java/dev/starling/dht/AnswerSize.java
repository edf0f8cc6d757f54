package dev.starling.dht;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcResponse;
import java.util.ArrayList;
import java.util.List;

/// What fits into one answer. A longer datagram would be broken in two on its way, and lost where
/// either half is, or where the path carries no halves.
final class AnswerSize {

    /// An Ethernet frame carries 1,500 bytes; tunnels and tagged networks take some.
    static final int MAX_BYTES = 1_400;

    /// All that stands around item and contacts but the transaction id: `ip` 24, our id 30, the key
    /// 38, `seq` 27, the signature 71, the token 17, the version 9, keys and frames 39.
    private static final int ITEM_FRAME_BYTES = 255;

    /// The same around samples, with `interval` 18 and `num` 17.
    private static final int SAMPLES_FRAME_BYTES = 150;

    private static final int CONTACT_BYTES_V4 = Id.LENGTH_BYTES + 6;
    private static final int CONTACT_BYTES_V6 = Id.LENGTH_BYTES + 18;

    private AnswerSize() {}

    /// Those of `contacts` that fit beside an item, the closest of both families first.
    static List<Contact> besideItem(
            KrpcResponse.Extra extra, int transactionBytes, List<Contact> contacts) {
        int valueBytes =
                extra instanceof KrpcResponse.Stored(var item, _) && item.isPresent()
                        ? item.get().value().lengthBytes()
                        : 0;
        return fitting(contacts, MAX_BYTES - ITEM_FRAME_BYTES - transactionBytes - valueBytes);
    }

    /// How many samples fit beside all of `contacts`.
    static int samplesBeside(List<Contact> contacts, int transactionBytes) {
        int left = MAX_BYTES - SAMPLES_FRAME_BYTES - transactionBytes;
        for (var contact : contacts) {
            left -= bytes(contact);
        }
        return Math.max(0, left / Id.LENGTH_BYTES);
    }

    private static List<Contact> fitting(List<Contact> contacts, int maxBytes) {
        int total = 0;
        for (var contact : contacts) {
            total += bytes(contact);
        }
        if (total <= maxBytes) {
            return contacts;
        }
        var fitting = new ArrayList<Contact>();
        int left = maxBytes;
        for (int rank = 0; rank < contacts.size(); rank++) {
            for (boolean v4 : new boolean[] {true, false}) {
                var contact = nth(contacts, v4, rank);
                if (contact.size() == 1 && bytes(contact.getFirst()) <= left) {
                    fitting.addAll(contact);
                    left -= bytes(contact.getFirst());
                }
            }
        }
        return fitting;
    }

    private static List<Contact> nth(List<Contact> contacts, boolean v4, int rank) {
        return contacts.stream()
                .filter(contact -> contact.endpoint().isV4() == v4)
                .skip(rank)
                .limit(1)
                .toList();
    }

    private static int bytes(Contact contact) {
        return contact.endpoint().isV4() ? CONTACT_BYTES_V4 : CONTACT_BYTES_V6;
    }
}
