package dev.starling.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.id.IpAddress;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {

    private static final IpAddress GLOBAL = IpAddress.parse("8.8.8.8").orElseThrow();
    private static final IpAddress OTHER = IpAddress.parse("8.8.4.4").orElseThrow();
    private static final IpAddress LOCAL = IpAddress.parse("192.168.0.7").orElseThrow();

    private final ConnectionCount count = new ConnectionCount(new PeerPort.Limits(4, 1, 2));

    @Test
    void oneAddressHasItsLimit() {
        count.opened(GLOBAL);
        count.opened(GLOBAL);

        assertThat(count.admits(GLOBAL)).isFalse();
        assertThat(count.admits(OTHER)).isTrue();
    }

    @Test
    void localAddressesAreExemptFromIt() {
        count.opened(LOCAL);
        count.opened(LOCAL);

        assertThat(count.admits(LOCAL)).isTrue();
    }

    @Test
    void allTogetherHaveTheirLimit() {
        for (int i = 0; i < 4; i++) {
            count.opened(LOCAL);
        }

        assertThat(count.admits(OTHER)).isFalse();
        count.closed(LOCAL);
        assertThat(count.admits(OTHER)).isTrue();
    }

    @Test
    void closedConnectionMakesRoomForItsAddress() {
        count.opened(GLOBAL);
        count.opened(GLOBAL);

        count.closed(GLOBAL);

        assertThat(count.admits(GLOBAL)).isTrue();
    }

    @Test
    void callsUnderWayHaveTheirLimit() {
        count.callBegun();
        assertThat(count.admitsCall()).isFalse();

        count.callEnded();

        assertThat(count.admitsCall()).isTrue();
    }
}
