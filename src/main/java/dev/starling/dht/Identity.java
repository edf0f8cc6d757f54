package dev.starling.dht;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import dev.starling.id.SecureNodeId;
import dev.starling.krpc.KrpcResponse;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Keeps our id fit for the address the network sees us at (BEP 42).
///
/// One id serves both families; where we speak IPv4, by far the larger network, it follows the IPv4
/// address.
final class Identity {

    private final ContactTables tables;
    private final RandomGenerator random;
    private final ExternalAddressVote vote = new ExternalAddressVote();

    Identity(ContactTables tables, RandomGenerator random) {
        this.tables = tables;
        this.random = random;
    }

    /// Counts what an answer says of our address; tells it when our id has had to change for it.
    Optional<IpAddress> observe(Endpoint voter, KrpcResponse response) {
        if (voter.isV4() != tables.speaksV4() || response.observed().isEmpty()) {
            return Optional.empty();
        }
        var candidate = response.observed().get().address();
        if (candidate.isV4() != voter.isV4()) {
            return Optional.empty();
        }
        return vote.vote(voter.address(), candidate)
                .filter(elected -> !SecureNodeId.matches(tables.selfId(), elected))
                .map(this::become);
    }

    private IpAddress become(IpAddress address) {
        tables.become(SecureNodeId.derive(address, random));
        return address;
    }
}
