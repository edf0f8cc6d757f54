package dev.starling.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:6881,       010203041ae1",
        "255.255.255.255:65535, ffffffffffff",
        "1.2.3.4:0,          010203040000",
        "[2001:db8::1]:6881, 20010db80000000000000000000000011ae1",
    })
    void compactFormIsAddressThenPort(String text, String hex) {
        var endpoint = Endpoint.parse(text).orElseThrow();
        byte[] compact = new byte[endpoint.compactLengthBytes()];

        endpoint.copyCompactTo(compact, 0);

        assertThat(HexFormat.of().formatHex(compact)).isEqualTo(hex);
        assertThat(Endpoint.ofCompact(compact, 0, compact.length)).isEqualTo(endpoint);
        assertThat(endpoint).hasToString(text);
    }

    @Test
    void compactFormIsReadInsideAnArray() {
        byte[] bytes = HexFormat.of().parseHex("ffff010203041ae1ffff");

        assertThat(Endpoint.ofCompact(bytes, 2, 6)).hasToString("1.2.3.4:6881");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1.2.3.4",
                "1.2.3.4:",
                ":80",
                "1.2.3.4:65536",
                "1.2.3.4:000080",
                "1.2.3.4:-1",
                "1.2.3.4:+1",
                "1.2.3.4:8o",
                "::1:80",
                "[::1]",
                "[::1]80",
                "[::1:80",
                "::1]:80",
                "[1.2.3.4]:80",
                "[]:80",
                "example.org:80",
            })
    void isNoEndpoint(String text) {
        assertThat(Endpoint.parse(text)).isEmpty();
    }

    @Test
    void portsAreSixteenBits() {
        var address = IpAddress.v4(1);

        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint(address, 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint(address, -1));
    }

    @Test
    void reachableNeedsAHostAndAPort() {
        assertThat(Endpoint.parse("1.2.3.4:1").orElseThrow().isReachable()).isTrue();
        assertThat(Endpoint.parse("1.2.3.4:0").orElseThrow().isReachable()).isFalse();
        assertThat(Endpoint.parse("0.0.0.0:1").orElseThrow().isReachable()).isFalse();
        assertThat(Endpoint.parse("[ff02::1]:1").orElseThrow().isReachable()).isFalse();
    }

    @Test
    void contactIsWrittenAsIdAtEndpoint() {
        var contact = new Contact(Id.ZERO, Endpoint.parse("1.2.3.4:6881").orElseThrow());

        assertThat(contact).hasToString("0".repeat(40) + "@1.2.3.4:6881");
    }
}
