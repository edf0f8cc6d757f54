package dev.starling.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.starling.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @Test
    void bytesAreInNetworkOrder() {
        assertThat(address("1.2.3.4").toBytes()).containsExactly(1, 2, 3, 4);
        assertThat(address("1.2.3.4").v4Bits()).isEqualTo(0x01020304);
        assertThat(address("2001:db8::1").toBytes())
                .containsExactly(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void mappedAddressIsTheIpv4Address() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 1, 2, 3, 4};

        assertThat(IpAddress.of(mapped)).isEqualTo(address("1.2.3.4"));
        assertThat(IpAddress.of(mapped).lengthBytes()).isEqualTo(4);
    }

    @Test
    void otherLengthsAreOurMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[5]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "::1",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "169.254.1.1",
                "fe80::1",
                "febf::1",
                "fc00::1",
                "fdff::1",
            })
    void localAddressesMeanNothingOutside(String text) {
        assertThat(address(text).isLocal()).isTrue();
        assertThat(address(text).isUnicast()).isTrue();
        assertThat(address(text).isGlobal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "126.255.255.255",
                "128.0.0.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "223.255.255.255",
                "2001:db8::1",
                "fe00::1",
            })
    void globalAddressesAreReachedFromAnywhere(String text) {
        assertThat(address(text).isGlobal()).isTrue();
        assertThat(address(text).isLocal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1",
                "ffff::1",
            })
    void othersAreNoHostAtAll(String text) {
        assertThat(address(text).isUnicast()).isFalse();
        assertThat(address(text).isGlobal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4,         1.2.3.0",
        "1.2.3.255,       1.2.3.0",
        "2001:db8::1:2,   2001:db8::",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    })
    void subnetIsWhatOnePartyOwns(String text, String subnet) {
        assertThat(address(text).subnet()).isEqualTo(address(subnet));
    }

    @Test
    void orderIsUnsigned() {
        assertThat(address("8000::")).isGreaterThan(address("7fff::"));
        assertThat(address("2001::8000:0:0:0")).isGreaterThan(address("2001::7fff:0:0:0"));
        assertThat(address("128.0.0.1")).isGreaterThan(address("127.0.0.1"));
    }

    @Test
    void textAndBytesReadAsTheyWere() {
        Seeded.forSeeds(
                20_000,
                random -> {
                    // Masks make runs of zero groups likely, where compression happens.
                    var address =
                            random.nextBoolean()
                                    ? IpAddress.v4(random.nextInt())
                                    : new IpAddress(
                                            random.nextLong() & groupMask(random.nextInt(16)),
                                            random.nextLong() & groupMask(random.nextInt(16)));

                    assertThat(IpAddress.parse(address.toString())).hasValue(address);
                    assertThat(IpAddress.of(address.toBytes())).isEqualTo(address);
                });
    }

    private static long groupMask(int groups) {
        long mask = 0;
        for (int i = 0; i < 4; i++) {
            mask |= (groups >> i & 1) == 1 ? 0xffffL << (16 * i) : 0;
        }
        return mask;
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
