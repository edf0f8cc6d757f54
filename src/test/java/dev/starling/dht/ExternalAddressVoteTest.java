package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExternalAddressVoteTest {

    private static final IpAddress TRUE = IpAddress.v4(0x411733aa);
    private static final IpAddress FALSE = IpAddress.v4(0x41173300);

    private final ExternalAddressVote vote = new ExternalAddressVote();

    @Test
    void aMajorityOfEnoughVotersDecides() {
        for (int i = 1; i < ExternalAddressVote.MIN_VOTERS; i++) {
            assertThat(vote.vote(voter(i), i % 3 == 0 ? FALSE : TRUE)).isEmpty();
        }

        assertThat(vote.vote(voter(100), TRUE)).contains(TRUE);
    }

    @Test
    void oneNetworkHasOneVote() {
        for (int i = 0; i < 200; i++) {
            var neighbour = IpAddress.v4(0x05050500 | i);
            assertThat(vote.vote(neighbour, FALSE)).isEmpty();
        }
    }

    @Test
    void aMinorityNeverDecides() {
        for (int i = 0; i < 300; i++) {
            assertThat(vote.vote(voter(i), i % 2 == 0 ? IpAddress.v4(0x05000000 + i) : FALSE))
                    .isNotEqualTo(Optional.of(TRUE));
        }
    }

    @Test
    void localAddressesAreNoCandidates() {
        for (int i = 0; i < 50; i++) {
            assertThat(vote.vote(voter(i), IpAddress.v4(0x7f000001))).isEmpty();
        }
    }

    private static IpAddress voter(int i) {
        return IpAddress.v4(0x08000000 + (i << 8));
    }
}
