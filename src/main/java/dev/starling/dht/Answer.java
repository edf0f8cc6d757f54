package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcResponse;
import java.util.List;

/// An answer that has passed our checks.
///
/// @param from who answered, with the id it answered with
/// @param contacts the contacts it named that could be real; not verified
/// @param peers the peers it named that could be real
/// @param token to announce with, empty when it gave none
/// @param extra what answers to newer queries carry; not verified
record Answer(
        Contact from,
        List<Contact> contacts,
        List<Endpoint> peers,
        ByteString token,
        KrpcResponse.Extra extra,
        long rttNanos) {

    /// Contacts kept of one answer: 16 is what the most generous nodes name per family, and a
    /// datagram stuffed with more is an attempt to flood lookups.
    private static final int MAX_CONTACTS = 32;

    /// Peers kept of one answer: more than a datagram of the usual 1,400 bytes holds.
    private static final int MAX_PEERS = 250;

    Answer {
        contacts = contacts.stream().limit(MAX_CONTACTS).toList();
        peers = peers.stream().limit(MAX_PEERS).toList();
    }
}
