package dev.starling.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureNodeIdTest {

    /// BEP 42's table; of the third byte only the five highest bits are fixed.
    @ParameterizedTest
    @CsvSource({
        "124.31.75.21, 1, 5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401",
        "21.75.31.124, 86, 5a3ce9c14e7a08645677bbd1cfe7d8f956d53256",
        "65.23.51.170, 22, a5d43220bc8f112a3d426c84764f8c2a1150e616",
        "84.124.73.14, 65, 1b0321dd1bb1fe518101ceef99462b947a01ff41",
        "43.213.53.83, 90, e56f6cbf5b7c4be0237986d5243b87aa6d51305a",
        "2001:b829:2123:be84:e16c:d6ae:5290:49f1, 4, 0a8ad123be84e16cd6ae529049f1f1bbe9ebb304"
    })
    void idsOfTheTableAreDerivedAndMatch(String ip, int lastByte, String hex) {
        var address = IpAddress.parse(ip).orElseThrow();
        var id = Id.parseHex(hex).orElseThrow();

        assertThat(SecureNodeId.derive(address, lastByte, id)).isEqualTo(id);
        assertThat(SecureNodeId.matches(id, address)).isTrue();
        assertThat(SecureNodeId.matches(id.flipped(20), address)).isFalse();
        assertThat(SecureNodeId.matches(id.flipped(21), address)).isTrue();
    }

    @Test
    void derivedIdsMatchTheirAddressAndFewOthers() {
        Seeded.forSeeds(
                200,
                random -> {
                    var address = IpAddress.v4(random.nextInt(0x10000000, 0x40000000));
                    var other = IpAddress.v4(random.nextInt(0x10000000, 0x40000000));

                    var id = SecureNodeId.derive(address, random);

                    assertThat(SecureNodeId.matches(id, address)).isTrue();
                    assertThat(other.isGlobal() && SecureNodeId.matches(id, other)).isFalse();
                });
    }

    @Test
    void localAddressesAreExempt() {
        for (String ip : new String[] {"127.0.0.1", "10.1.2.3", "192.168.1.1", "fe80::1"}) {
            assertThat(SecureNodeId.matches(Id.ZERO, IpAddress.parse(ip).orElseThrow())).isTrue();
        }
    }
}
