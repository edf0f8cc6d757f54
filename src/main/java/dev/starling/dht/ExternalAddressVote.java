package dev.starling.dht;

import dev.starling.id.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Under which address the network sees us, by vote of those who answer us (BEP 42,
/// "Bootstrapping").
///
/// One vote per network of the voter (/24, /64), because one party cheaply owns all of it, and only
/// global addresses stand for election. Bounded by the voters of one round.
final class ExternalAddressVote {

    /// Votes before a round is decided: a lookup brings a dozen, and so many networks are not owned
    /// by one party by accident.
    static final int MIN_VOTERS = 8;

    /// A round without a majority by then is begun anew.
    static final int MAX_VOTERS = 64;

    /// The latest vote of each voter's network.
    private final Map<IpAddress, IpAddress> votes = new LinkedHashMap<>();

    /// Counts a vote; tells the winner when that decides the round, and begins the next.
    Optional<IpAddress> vote(IpAddress voter, IpAddress candidate) {
        if (!candidate.isGlobal()) {
            return Optional.empty();
        }
        votes.put(voter.subnet(), candidate);
        if (votes.size() < MIN_VOTERS) {
            return Optional.empty();
        }
        boolean isElected = 2 * votesFor(candidate) > votes.size();
        if (isElected || votes.size() >= MAX_VOTERS) {
            votes.clear();
        }
        return isElected ? Optional.of(candidate) : Optional.empty();
    }

    private int votesFor(IpAddress candidate) {
        int count = 0;
        for (var vote : votes.values()) {
            count += vote.equals(candidate) ? 1 : 0;
        }
        return count;
    }
}
